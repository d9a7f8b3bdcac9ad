package dev.tutti.worker.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.golden.SameBits;
import dev.tutti.worker.grpc.WorkerClient;
import dev.tutti.worker.v1.DescribeBankResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class WorkerMainTest {
  private static final String MODELS = Golden.path("set65x30").toString();

  @TempDir Path folder;

  @Test
  void servesOverItsUnixSocketAndEndsWithItsParent() throws Exception {
    Path socket = folder.resolve("w.sock");
    try (WorkerProcess worker = start("--models", MODELS, "--listen", "unix:" + socket)) {
      String address = worker.handshake();
      assertEquals("unix:" + socket, address);
      try (WorkerClient client = new WorkerClient(address)) {
        assertEquals(ServingStatus.SERVING, client.health());
        DescribeBankResponse bank = client.describe();
        List<ByteBuffer> rows = Golden.smallRows();
        float[] together = WorkerClient.probabilities(client.infer(bank.getDigest(), rows));
        float[] alone =
            WorkerClient.probabilities(client.infer(bank.getDigest(), rows.subList(0, 1)));
        assertEquals(80, together.length);
        SameBits.check(java.util.Arrays.copyOf(together, 10), alone, "alone");
      }
      worker.closeStdin();
      assertEquals(0, worker.await());
    }
    assertFalse(Files.exists(socket));
    assertTrue(log().contains("Model for synth_lead not found."), this::log);
  }

  @Test
  void drainsOnSigtermAndExitsWithZero() throws Exception {
    try (WorkerProcess worker =
        start("--models", MODELS, "--listen", "tcp:127.0.0.1:0", "--batch-sizes", "1,3")) {
      String address = worker.handshake();
      assertTrue(address.matches("127\\.0\\.0\\.1:\\d+"), address);
      try (WorkerClient client = new WorkerClient(address)) {
        assertEquals(List.of(1, 3), client.describe().getBatchSizesList());
      }
      worker.terminate();
      assertEquals(0, worker.await());
    }
    assertTrue(log().contains("drains"), this::log);
  }

  @Test
  void batchSizesThatDoNotFitIntoMemoryAreLeftOut() throws Exception {
    try (WorkerProcess worker =
        start("--models", MODELS, "--listen", "tcp:127.0.0.1:0", "--memory", "1M")) {
      try (WorkerClient client = new WorkerClient(worker.handshake())) {
        assertEquals(List.of(1), client.describe().getBatchSizesList());
      }
    }
    assertTrue(log().contains("Batch sizes [1] instead of [1, 2, 4, 8]"), this::log);
    assertTrue(log().contains("and 1 MiB may be used (as told)"), this::log);
  }

  @Test
  void aCheckLoadsAndEnds() throws Exception {
    try (WorkerProcess worker =
        start("--models", MODELS, "--listen", "tcp:127.0.0.1:0", "--check")) {
      assertEquals(0, worker.await());
    }
    assertTrue(log().contains("worker serves "), this::log);
  }

  @Test
  void wrongModelsAreOneLineAndCodeTwo() throws Exception {
    Golden.install(
        Golden.path("broken/unsupported_lstm.h5"),
        folder,
        dev.tutti.core.label.InstrumentFamily.REED);
    try (WorkerProcess worker =
        start("--models", folder.toString(), "--listen", "tcp:127.0.0.1:0")) {
      assertEquals(2, worker.await());
    }
    String last = log().strip().lines().reduce("", (before, line) -> line);
    assertTrue(last.startsWith("tutti-worker: "), last);
    assertTrue(last.contains("family_reed_classifier.h5: layer 'lstm'"), last);
  }

  @Test
  void aGpuThatIsNotThereIsOneLineAndCodeFour() throws Exception {
    try (WorkerProcess worker =
        start("--models", MODELS, "--listen", "tcp:127.0.0.1:0", "--device", "cuda")) {
      assertEquals(4, worker.await());
    }
    String last = log().strip().lines().reduce("", (before, line) -> line);
    assertTrue(last.startsWith("tutti-worker: This distribution has TensorFlow for CPUs"), last);
  }

  @Test
  void wrongUsageIsOneLineAndCodeTwo() throws Exception {
    try (WorkerProcess worker = start("--models", MODELS, "--listen", "carrier-pigeon")) {
      assertEquals(2, worker.await());
    }
    assertTrue(log().startsWith("tutti-worker: Invalid value for option '--listen'"), this::log);
    assertEquals(1, log().lines().count(), this::log);
  }

  private WorkerProcess start(String... arguments) throws java.io.IOException {
    return WorkerProcess.start(folder.resolve("worker.log"), arguments);
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("worker.log"));
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
