package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.v1.Worker;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker is killed while an evaluation runs: nothing is lost, and no bit changes. */
class WorkerKilledTest {
  @TempDir Path folder;

  @Test
  void evaluationsFinishWithTheSameBits() throws Exception {
    try (GatewayProcess gateway =
        GatewayProcess.start(folder, EqualBits.options().toArray(String[]::new))) {
      Evaluations.Run undisturbed = Evaluations.run(gateway, done -> {});
      Evaluations.Run disturbed =
          Evaluations.run(
              gateway,
              done -> {
                if (done == 50 || done == 150) {
                  kill(gateway, done == 50 ? 0 : 1);
                }
              });

      assertEquals(Evaluations.SAMPLES, disturbed.predictions().size());
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
      Evaluations.Run run =
          Evaluations.run(
              gateway,
              done -> {
                if (done == 100) {
                  kill(gateway, 0);
                }
              });
      assertEquals(Evaluations.SAMPLES, run.predictions().size());
      Worker worker = gateway.workers().get(0);
      assertEquals(1, worker.getRestarts());
    }
  }

  @Test
  void workersThatAreTerminatedBlameNobody() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder)) {
      Evaluations.Run run =
          Evaluations.run(
              gateway,
              done -> {
                if (done == 50 || done == 150) {
                  handle(gateway, done == 50 ? 0 : 1).destroy();
                }
              });
      assertEquals(Evaluations.SAMPLES, run.predictions().size());
      Await.until("an end from outside", () -> gateway.logHas("ended from outside"));
    }
  }

  private static void kill(GatewayProcess gateway, int index) {
    handle(gateway, index).destroyForcibly();
  }

  private static ProcessHandle handle(GatewayProcess gateway, int index) {
    return ProcessHandle.of(gateway.workers().get(index).getPid()).orElseThrow();
  }
}
