package dev.tutti.worker.training.validation;

import java.util.function.Function;

/** What a training is stopped and its weights are chosen by. */
public interface Evaluator {
  /**
   * Scores of an evaluation.
   *
   * @param overlay of means of levels
   * @param wave of sums of waveforms
   */
  record Result(Validation.Scores overlay, Validation.Scores wave) {
    /** Higher is better. */
    public double value() {
      return overlay.value() + wave.withinKAuc() / 3;
    }
  }

  /**
   * Evaluates.
   *
   * @param predict probabilities of a batch of levels, row-major
   */
  Result evaluate(Function<float[], float[]> predict);
}
