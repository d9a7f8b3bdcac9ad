package dev.tutti.worker.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.v1.InstrumentFamily;
import dev.tutti.v1.Quantization;
import dev.tutti.worker.bank.ModelBank;
import dev.tutti.worker.bank.ModelsOnDisk;
import dev.tutti.worker.bank.SmallBank;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.keras.read.SpoiledModel;
import dev.tutti.worker.v1.DescribeBankResponse;
import dev.tutti.worker.v1.InferRequest;
import dev.tutti.worker.v1.InferResponse;
import dev.tutti.worker.v1.InputKind;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InferenceServerTest {
  private ModelBank bank;
  private InferenceServer server;
  private WorkerClient client;
  private List<ByteBuffer> rows;

  @BeforeAll
  void start() throws IOException {
    rows = Golden.smallRows();
    bank = SmallBank.load();
    server = InferenceServer.start(bank, ListenAddress.parse("tcp:127.0.0.1:0"));
    client = new WorkerClient(server.address());
  }

  @AfterAll
  void stop() {
    client.close();
    server.drain(Duration.ofSeconds(5));
    bank.close();
  }

  @Test
  void theBankIsDescribed() {
    DescribeBankResponse description = client.describe();
    assertEquals(bank.description().digest().hex(), description.getDigest());
    assertEquals(10, description.getFamiliesCount());
    assertEquals(InstrumentFamily.INSTRUMENT_FAMILY_BASS, description.getFamilies(0));
    assertEquals(InstrumentFamily.INSTRUMENT_FAMILY_VOCAL, description.getFamilies(9));
    assertEquals(List.of(65L, 30L), description.getInputShapeList());
    assertEquals(16_000, description.getStft().getSampleRateHz());
    assertEquals(80f, description.getStft().getTopDb());
    assertEquals(0.5, description.getThresholds(3).getThreshold());
    assertEquals(77_930, description.getParameters());
    assertEquals(List.of(1, 2, 4, 8), description.getBatchSizesList());
    assertEquals(
        List.of(
            InputKind.INPUT_KIND_DECIBELS_FLOAT32,
            InputKind.INPUT_KIND_DECIBELS_FLOAT16,
            InputKind.INPUT_KIND_DECIBELS_UINT8),
        description.getInputKindsList());
    assertEquals(0, description.getAudioSamples(), "the transform has more bins than these models");
  }

  @Test
  void aBatchIsAnswered() {
    InferResponse response = client.infer(digest(), rows.subList(0, 3));
    assertArrayEquals(
        bank.infer(rows.subList(0, 3)).probabilities(), WorkerClient.probabilities(response));
    assertTrue(response.getSessionMicros() > 0);
  }

  @Test
  void aBatchOfBytesIsAnswered() {
    InferRequest.Builder request =
        InferRequest.newBuilder()
            .setBankDigest(digest())
            .setInputKind(InputKind.INPUT_KIND_DECIBELS_UINT8)
            .addRows(ByteString.copyFrom(new byte[1950]))
            .addQuantizations(Quantization.newBuilder().setScale(0.5f).setOffset(-80));
    ByteBuffer same = ByteBuffer.allocate(7800).order(ByteOrder.LITTLE_ENDIAN);
    while (same.hasRemaining()) {
      same.putFloat(-80);
    }
    assertArrayEquals(
        bank.infer(List.of(same.flip())).probabilities(),
        WorkerClient.probabilities(client.infer(request.build())));
    request.getQuantizationsBuilder(0).setScale(-1);
    assertStatus("scale -1.0; scales are positive and finite", request.build());
    assertStatus("1 rows of uint8 have 0", request.clearQuantizations().build());
    assertStatus("takes no audio", request.setInputKindValue(5).build());
    assertStatus("input kind 99 is not known", request.setInputKindValue(99).build());
  }

  @Test
  void wrongBatchesAreInvalidArguments() {
    assertStatus(Status.Code.INVALID_ARGUMENT, "1..8 rows, this one has 0", digest(), List.of());
    assertStatus(
        Status.Code.INVALID_ARGUMENT,
        "1..8 rows, this one has 9",
        digest(),
        Collections.nCopies(9, rows.get(0)));
    assertStatus(
        Status.Code.INVALID_ARGUMENT,
        "row 0 has 7 bytes",
        digest(),
        List.of(ByteBuffer.allocate(7)));
  }

  @Test
  void anotherBankIsAFailedPrecondition() {
    assertStatus(Status.Code.FAILED_PRECONDITION, bank.description().digest().hex(), "ab", rows);
  }

  @Test
  void aMessageOverTheLimitIsRefusedAndTheServerStaysUp() {
    ByteBuffer huge = ByteBuffer.allocate(8 * 7800 + 65 * 1024);
    assertStatus(Status.Code.RESOURCE_EXHAUSTED, "exceeds maximum", digest(), List.of(huge));
    assertEquals(ServingStatus.SERVING, client.health());
  }

  @Test
  void unixSocketsServeAndLeaveNothing(@TempDir Path folder) throws IOException {
    Path socket = folder.resolve("w.sock");
    InferenceServer unix = InferenceServer.start(bank, new ListenAddress.Unix(socket));
    try (WorkerClient local = new WorkerClient(unix.address())) {
      assertEquals("unix:" + socket, unix.address());
      assertEquals(digest(), local.describe().getDigest());
      assertEquals(
          1,
          local.infer(digest(), rows.subList(0, 1)).getProbabilities().size() / Float.BYTES / 10);
    } finally {
      unix.drain(Duration.ofSeconds(5));
    }
    assertFalse(Files.exists(socket));
  }

  @Test
  void drainingDoesNotWaitForHealthWatchers() throws Exception {
    InferenceServer watched = InferenceServer.start(bank, ListenAddress.parse("tcp:127.0.0.1:0"));
    try (WorkerClient watcher = new WorkerClient(watched.address())) {
      BlockingQueue<ServingStatus> seen = watcher.watchHealth();
      assertEquals(ServingStatus.SERVING, seen.poll(30, TimeUnit.SECONDS));
      assertTimeoutPreemptively(
          Duration.ofSeconds(20), () -> watched.drain(Duration.ofSeconds(60)));
      assertEquals(ServingStatus.NOT_SERVING, seen.poll(30, TimeUnit.SECONDS));
    }
  }

  @Test
  void anAddressInUseIsNamed() {
    ListenAddress taken = ListenAddress.parse("tcp:" + server.address());
    ListenException refusal =
        assertThrows(ListenException.class, () -> InferenceServer.start(bank, taken));
    assertTrue(refusal.getMessage().contains("cannot listen on"), refusal::getMessage);
  }

  /** So that the other rows of its batch are answered: whoever asks looks at each row. */
  @Test
  void anAnswerThatIsNoProbabilityIsSentAsItIs(@TempDir Path folder) throws IOException {
    SpoiledModel.overflowing(
        Golden.path("set65x30/family_reed_classifier.h5"),
        folder.resolve("family_reed_classifier.h5"));
    try (ModelsOnDisk models = ModelsOnDisk.open(folder, StftParameters.nsynth());
        ModelBank spoiled = SmallBank.unprobed(models.source())) {
      InferenceServer other =
          InferenceServer.start(spoiled, ListenAddress.parse("tcp:127.0.0.1:0"));
      WorkerClient caller = new WorkerClient(other.address());
      String name = spoiled.description().digest().hex();
      float[] answers =
          WorkerClient.probabilities(caller.infer(name, List.of(rows.get(0), rows.get(1))));
      assertEquals(2, answers.length);
      for (float answer : answers) {
        assertFalse(answer >= 0 && answer <= 1, "answered " + answer);
      }
      caller.close();
      other.drain(Duration.ofSeconds(5));
    }
  }

  private String digest() {
    return bank.description().digest().hex();
  }

  private void assertStatus(String reason, InferRequest request) {
    StatusRuntimeException refusal =
        assertThrows(StatusRuntimeException.class, () -> client.infer(request));
    assertEquals(Status.Code.INVALID_ARGUMENT, refusal.getStatus().getCode(), refusal::getMessage);
    assertTrue(
        String.valueOf(refusal.getStatus().getDescription()).contains(reason), refusal::getMessage);
  }

  private void assertStatus(
      Status.Code code, String reason, String digest, List<ByteBuffer> batch) {
    StatusRuntimeException refusal =
        assertThrows(StatusRuntimeException.class, () -> client.infer(digest, batch));
    assertEquals(code, refusal.getStatus().getCode(), refusal::getMessage);
    assertTrue(
        String.valueOf(refusal.getStatus().getDescription()).contains(reason), refusal::getMessage);
  }
}
