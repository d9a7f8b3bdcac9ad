package dev.tutti.server.grpc;

import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.server.evaluate.EvaluationListener;
import dev.tutti.server.evaluate.ScoredSample;
import dev.tutti.server.evaluate.ScoringOptions;
import dev.tutti.server.grpc.call.StatusMapper;
import dev.tutti.server.grpc.call.TimeMapper;
import dev.tutti.v1.EvaluationProgress;
import dev.tutti.v1.EvaluationSummary;
import dev.tutti.v1.SamplePrediction;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.Instant;

/**
 * Writes an evaluation's events to the wire.
 *
 * @param <R> the call's answer type
 */
final class EvaluationResponder<R> implements EvaluationListener {
  private final ServerCallStreamObserver<R> call;
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
      ServerCallStreamObserver<R> call,
      EvaluationEvents<R> events,
      ScoringOptions options,
      boolean omitPredictions,
      Runnable onRoom,
      Runnable onEnd) {
    this.call = call;
    this.events = events;
    this.options = options;
    this.omitPredictions = omitPredictions;
    this.onRoom = onRoom;
    this.onEnd = onEnd;
  }

  @Override
  public void onSample(ScoredSample sample) {
    if (!omitPredictions) {
      call.onNext(events.prediction(toProto(sample)));
    }
  }

  @Override
  public void onProgress(
      long completed, long total, long failed, EvaluationReport running, Duration elapsed) {
    call.onNext(
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
    call.onNext(summary);
    call.onCompleted();
  }

  @Override
  public void onFailure(Throwable failure) {
    onEnd.run();
    call.onError(StatusMapper.toException(failure));
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
            answer ->
                prediction.addAllPredictions(
                    FamilyMapper.predictions(answer.probabilities(), options.thresholds())));
    sample.failure().ifPresent(failure -> prediction.setError(StatusMapper.toItemError(failure)));
    return prediction.build();
  }
}
