package dev.tutti.worker.training.run;

import dev.tutti.core.label.FamilySet;
import dev.tutti.worker.device.DeviceConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to train.
 *
 * @param data notes, and which of them for what
 * @param families to train models for
 * @param length of the training
 * @param device threads
 * @param command that was given, for the model card
 */
public record TrainingOptions(
    Data data, FamilySet families, Length length, DeviceConfig device, String command) {
  /**
   * Notes.
   *
   * @param sets data sets of notes; whole instruments of the first are held out for validation
   * @param excluded data sets whose notes are neither trained on nor validated with
   * @param heldOut which share of the first data set's instruments, above 0 and below 1
   * @param test a data set that is scored at the end and used for nothing else
   */
  public record Data(List<Path> sets, List<Path> excluded, double heldOut, Optional<Path> test) {
    /** Keeps its own copies of the lists. */
    public Data {
      sets = List.copyOf(sets);
      excluded = List.copyOf(excluded);
    }
  }

  /**
   * How long.
   *
   * @param mixtures of all stages together, at most
   * @param time of all stages together, evaluations not counted
   * @param seed of weights, split and mixtures
   */
  public record Length(long mixtures, Optional<Duration> time, long seed) {
    private static final double JOINT_SHARE = 0.8;

    TrainingPlan joint() {
      return plan("joint", JOINT_SHARE, 2e-3, 600);
    }

    TrainingPlan separate() {
      return plan("separate", 1 - JOINT_SHARE, 1e-3, 300);
    }

    /** One of several trainings after each other. */
    TrainingPlan ofFamily(String name, int trainings, int batchSize) {
      return new TrainingPlan(
          name,
          batchSize,
          Math.max(1, mixtures / trainings / batchSize),
          time.map(all -> all.dividedBy(trainings)),
          1e-3,
          100,
          seed);
    }

    private TrainingPlan plan(String name, double share, double rate, long evaluateEvery) {
      int batchSize = 64;
      return new TrainingPlan(
          name,
          batchSize,
          Math.max(1, Math.round(mixtures * share / batchSize)),
          time.map(all -> Duration.ofMillis(Math.round(all.toMillis() * share))),
          rate,
          evaluateEvery,
          seed);
    }
  }
}
