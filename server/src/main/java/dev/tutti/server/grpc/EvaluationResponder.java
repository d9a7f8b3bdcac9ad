package dev.tutti.server.grpc;

import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.server.evaluate.EvaluationListener;
import dev.tutti.server.evaluate.ScoredSample;
import dev.tutti.server.evaluate.ScoringOptions;
import dev.tutti.server.grpc.call.CallAnswer;
import dev.tutti.server.grpc.call.TimeMapper;
import dev.tutti.v1.EvaluationProgress;
import dev.tutti.v1.EvaluationSummary;
import dev.tutti.v1.SamplePrediction;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes an evaluation's events to the wire.
 *
 * @param <R> the call's answer type
 */
final class EvaluationResponder<R> implements EvaluationListener {
  private final CallAnswer<R> answer;
  private final EvaluationEvents<R> events;
  private final ScoringOptions options;
  private final boolean omitPredictions;
  private final Runnable onRoom;
  private final Runnable onEnd;

  /**
   * @param onRoom there may be room for more samples
   * @param onEnd the evaluation is over
   */
  EvaluationResponder(
      CallAnswer<R> answer,
      EvaluationEvents<R> events,
      ScoringOptions options,
      boolean omitPredictions,
      Runnable onRoom,
      Runnable onEnd) {
    this.answer = answer;
    this.events = events;
    this.options = options;
    this.omitPredictions = omitPredictions;
    this.onRoom = onRoom;
    this.onEnd = onEnd;
  }

  @Override
  public void onSample(ScoredSample sample) {
    if (!omitPredictions) {
      answer.next(events.prediction(toProto(sample)));
    }
  }

  @Override
  public void onProgress(
      long completed, long total, long failed, EvaluationReport running, Duration elapsed) {
    answer.next(
        events.progress(
            EvaluationProgress.newBuilder()
                .setCompleted(completed)
                .setTotal(total)
                .setFailed(failed)
                .setMetrics(MetricsMapper.toProto(running, options.thresholds().families()))
                .setElapsed(TimeMapper.toProto(elapsed))
                .build()));
  }

  @Override
  public void onSummary(EvaluationReport report, long failed, Instant start, Duration elapsed) {
    R summary =
        events.summary(
            EvaluationSummary.newBuilder()
                .setMetrics(MetricsMapper.toProto(report, options.thresholds().families()))
                .setFailed(failed)
                .setBank(options.bank().name())
                .setBankDigest(options.bank().digest())
                .addAllThresholds(FamilyMapper.toProto(options.thresholds()))
                .setStartTime(TimeMapper.toProto(start))
                .setElapsed(TimeMapper.toProto(elapsed))
                .build());
    onEnd.run();
    answer.next(summary);
    answer.complete();
  }

  @Override
  public void onFailure(Throwable failure) {
    onEnd.run();
    answer.fail(failure);
  }

  @Override
  public void onRoom() {
    onRoom.run();
  }

  private SamplePrediction toProto(ScoredSample sample) {
    SamplePrediction.Builder prediction =
        SamplePrediction.newBuilder()
            .setIndex(sample.index())
            .setId(sample.id())
            .addAllTruth(FamilyMapper.toProto(sample.truth().present()))
            .setExactMatch(sample.exactMatch())
            .addAllNoteIds(sample.noteIds());
    sample
        .classification()
        .ifPresent(
            classification ->
                prediction.addAllPredictions(
                    FamilyMapper.predictions(
                        classification.probabilities(), options.thresholds())));
    sample.failure().ifPresent(failure -> prediction.setError(answer.itemError(failure)));
    return prediction.build();
  }
}
