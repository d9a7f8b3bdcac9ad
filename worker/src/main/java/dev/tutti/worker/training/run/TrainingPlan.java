package dev.tutti.worker.training.run;

import dev.tutti.worker.training.network.NetworkShape;
import java.time.Duration;
import java.util.Optional;

/**
 * How long and how fast to train.
 *
 * @param name of the stage
 * @param batchSize mixtures a step
 * @param steps to make; at most this many where a time is given
 * @param time to train for, evaluations not counted
 * @param peakRate the highest learning rate
 * @param evaluateEvery steps from one evaluation to the next
 * @param seed of the first weights and of all mixtures
 */
public record TrainingPlan(
    String name,
    int batchSize,
    long steps,
    Optional<Duration> time,
    double peakRate,
    long evaluateEvery,
    long seed) {
  private static final double WARM_UP_STEPS = 300;
  private static final int PATIENCE_EVALUATIONS = 12;
  private static final double LAST_RATE = 0.005;

  /** How much of the training is done, 0 to 1. */
  double progress(long step, long trainedNanos) {
    double bySteps = (double) step / steps;
    double byTime = time.map(limit -> (double) trainedNanos / limit.toNanos()).orElse(0.0);
    return Math.min(1, Math.max(bySteps, byTime));
  }

  /** Whether to give up: the last evaluations were no better than one before. */
  boolean stale(long step, long bestStep) {
    return step - bestStep >= PATIENCE_EVALUATIONS * evaluateEvery;
  }

  /** Rises evenly at first, then falls along half a cosine. */
  double learningRate(long step, double progress) {
    double cosine = (1 + Math.cos(Math.PI * progress)) / 2;
    return peakRate
        * Math.min(1, (step + 1) / WARM_UP_STEPS)
        * (LAST_RATE + (1 - LAST_RATE) * cosine);
  }

  /** What must be equal for one training to go on from another's checkpoint. */
  String identity(NetworkShape shape) {
    return "%s %s batch %d seed %d".formatted(name, shape, batchSize, seed);
  }
}
