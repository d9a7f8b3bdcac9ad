package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.v1.CachePolicy;
import dev.tutti.v1.EvaluateMixturesRequest;
import dev.tutti.v1.EvaluateMixturesResponse;
import dev.tutti.v1.EvaluationMetrics;
import dev.tutti.v1.EvaluationOptions;
import dev.tutti.v1.EvaluationServiceGrpc;
import dev.tutti.v1.GroupCount;
import dev.tutti.v1.MixtureRecipe;
import dev.tutti.v1.SamplePrediction;
import dev.tutti.v1.Worker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker is killed while an evaluation runs: nothing is lost, and no bit changes. */
class WorkerKilledTest {
  private static final int SAMPLES = 300;

  @TempDir Path folder;

  private record Run(List<SamplePrediction> predictions, EvaluationMetrics metrics) {}

  @Test
  void evaluationsFinishWithTheSameBits() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder)) {
      Run undisturbed = evaluate(gateway, done -> {});
      Run disturbed =
          evaluate(
              gateway,
              done -> {
                if (done == 50 || done == 150) {
                  kill(gateway, done == 50 ? 0 : 1);
                }
              });

      assertEquals(SAMPLES, disturbed.predictions().size());
      assertEquals(undisturbed.predictions(), disturbed.predictions());
      assertEquals(undisturbed.metrics(), disturbed.metrics());
      assertTrue(
          gateway.workers().stream().anyMatch(worker -> worker.getLastExit().contains("137")),
          "no worker was killed: " + gateway.workers());
    }
  }

  @Test
  void oneWorkerAloneComesBack() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, "--devices", "cpu:1")) {
      Run run =
          evaluate(
              gateway,
              done -> {
                if (done == 100) {
                  kill(gateway, 0);
                }
              });
      assertEquals(SAMPLES, run.predictions().size());
      Worker worker = gateway.workers().get(0);
      assertEquals(1, worker.getRestarts());
    }
  }

  private static void kill(GatewayProcess gateway, int index) {
    long pid = gateway.workers().get(index).getPid();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  /** Answers are computed anew each time, or the second run would come from the cache. */
  private static Run evaluate(GatewayProcess gateway, IntConsumer afterSample) {
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
    while (responses.hasNext()) {
      EvaluateMixturesResponse response = responses.next();
      if (response.hasPrediction()) {
        predictions.add(response.getPrediction());
        afterSample.accept(predictions.size());
      } else if (response.hasSummary()) {
        metrics = response.getSummary().getMetrics();
      }
    }
    return new Run(predictions, metrics);
  }
}
