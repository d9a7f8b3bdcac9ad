package dev.tutti.server.evaluate;

import dev.tutti.core.metrics.EvaluationReport;
import java.time.Duration;
import java.time.Instant;

/** Hears what an evaluation brings, one call at a time and in sample order. */
public interface EvaluationListener {
  /** One sample is done. */
  void onSample(ScoredSample sample);

  /**
   * Figures over the samples so far.
   *
   * @param total samples in all; zero when unknown
   */
  void onProgress(
      long completed, long total, long failed, EvaluationReport running, Duration elapsed);

  /** All samples are done. The last call, unless {@link #onFailure} is. */
  void onSummary(EvaluationReport report, long failed, Instant start, Duration elapsed);

  /** The evaluation is over before its end. */
  void onFailure(Throwable failure);

  /** There may be room for more samples. */
  void onRoom();
}
