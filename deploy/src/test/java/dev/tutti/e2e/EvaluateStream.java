package dev.tutti.e2e;

import dev.tutti.v1.EvaluateConfig;
import dev.tutti.v1.EvaluateRequest;
import dev.tutti.v1.EvaluateResponse;
import dev.tutti.v1.EvaluationServiceGrpc;
import dev.tutti.v1.EvaluationSummary;
import dev.tutti.v1.LabeledSample;
import dev.tutti.v1.SamplePrediction;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Feeds one evaluation and collects what comes back. */
final class EvaluateStream implements StreamObserver<EvaluateResponse> {
  private final List<SamplePrediction> predictions = new ArrayList<>();
  private final CompletableFuture<EvaluationSummary> summary = new CompletableFuture<>();

  static EvaluateStream run(Channel channel, EvaluateConfig config, List<LabeledSample> samples) {
    EvaluateStream stream = new EvaluateStream();
    StreamObserver<EvaluateRequest> requests =
        EvaluationServiceGrpc.newStub(channel).evaluate(stream);
    requests.onNext(EvaluateRequest.newBuilder().setConfig(config).build());
    samples.forEach(
        sample -> requests.onNext(EvaluateRequest.newBuilder().setSample(sample).build()));
    requests.onCompleted();
    return stream;
  }

  EvaluationSummary summary() throws Exception {
    return summary.get(240, TimeUnit.SECONDS);
  }

  /** In the order in which they came; complete once there is a summary. */
  List<SamplePrediction> predictions() {
    return predictions;
  }

  @Override
  public void onNext(EvaluateResponse response) {
    if (response.hasPrediction()) {
      predictions.add(response.getPrediction());
    } else if (response.hasSummary()) {
      summary.complete(response.getSummary());
    }
  }

  @Override
  public void onError(Throwable problem) {
    summary.completeExceptionally(problem);
  }

  @Override
  public void onCompleted() {
    summary.completeExceptionally(new AssertionError("The stream ended without a summary"));
  }
}
