package dev.tutti.client;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.core.threshold.Thresholds;
import java.time.Duration;
import java.util.List;

/**
 * What an evaluation brings, in order: predictions, progress in between, one summary at the end.
 */
public sealed interface EvaluationEvent {
  /**
   * One sample's outcome.
   *
   * @param index its place, from 0
   * @param truth the families that play
   * @param tags one per served family; empty when the sample failed
   * @param error why it failed; empty when it did not
   */
  record Prediction(
      long index,
      String id,
      List<InstrumentFamily> truth,
      List<FamilyTag> tags,
      List<String> noteIds,
      String error)
      implements EvaluationEvent {}

  /**
   * Running figures.
   *
   * @param total samples in all; zero when unknown
   */
  record Progress(long completed, long total, EvaluationReport metrics, Duration elapsed)
      implements EvaluationEvent {}

  /** The end. */
  record Summary(
      EvaluationReport metrics,
      long failed,
      String bank,
      String bankDigest,
      Thresholds thresholds,
      Duration elapsed)
      implements EvaluationEvent {}
}
