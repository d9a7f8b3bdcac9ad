package dev.tutti.e2e;

import dev.tutti.v1.CachePolicy;
import dev.tutti.v1.EvaluateMixturesRequest;
import dev.tutti.v1.EvaluateMixturesResponse;
import dev.tutti.v1.EvaluationMetrics;
import dev.tutti.v1.EvaluationOptions;
import dev.tutti.v1.EvaluationServiceGrpc;
import dev.tutti.v1.GroupCount;
import dev.tutti.v1.MixtureRecipe;
import dev.tutti.v1.SamplePrediction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;

/** An evaluation that something may be done to meanwhile. */
final class Evaluations {
  static final int SAMPLES = 300;

  private Evaluations() {}

  record Run(List<SamplePrediction> predictions, EvaluationMetrics metrics, String bankDigest) {}

  /** Answers are computed anew each time, or the second run would come from the cache. */
  static Run run(GatewayProcess gateway, IntConsumer afterSample) {
    EvaluateMixturesRequest request =
        EvaluateMixturesRequest.newBuilder()
            .setDataset("samples")
            .setRecipe(
                MixtureRecipe.newBuilder()
                    .setSeed(7)
                    .addGroups(GroupCount.newBuilder().setSize(1).setCount(SAMPLES / 2))
                    .addGroups(GroupCount.newBuilder().setSize(5).setCount(SAMPLES / 2)))
            .setOptions(
                EvaluationOptions.newBuilder().setCachePolicy(CachePolicy.CACHE_POLICY_BYPASS))
            .build();
    Iterator<EvaluateMixturesResponse> responses =
        EvaluationServiceGrpc.newBlockingStub(gateway.channel()).evaluateMixtures(request);
    List<SamplePrediction> predictions = new ArrayList<>();
    EvaluationMetrics metrics = null;
    String digest = "";
    while (responses.hasNext()) {
      EvaluateMixturesResponse response = responses.next();
      if (response.hasPrediction()) {
        predictions.add(response.getPrediction());
        afterSample.accept(predictions.size());
      } else if (response.hasSummary()) {
        metrics = response.getSummary().getMetrics();
        digest = response.getSummary().getBankDigest();
      }
    }
    return new Run(predictions, metrics, digest);
  }
}
