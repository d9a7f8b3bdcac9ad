package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.ByteString;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassificationServiceGrpc.ClassificationServiceFutureStub;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.DataType;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many requests and twenty reloads of the bank that is shipped; run with {@code -Psoak}. How many
 * requests, {@code -Dsoak.requests} says. What was measured goes to {@code target/soak.txt}.
 */
@Tag("soak")
class SoakTest {
  private static final int RELOADS = 20;
  private static final int REQUESTS = Integer.getInteger("soak.requests", 100_000);

  /** Share of the requests before the first look: until then, compiled code and buffers grow. */
  private static final double WARM_UP = 0.2;

  private static final int IN_FLIGHT = 16;
  private static final int SAMPLES = 64_000;
  private static final double TOLERANCE = 1.10;

  @TempDir Path folder;
  private int sent;

  /** Resident memory after a reload, in KiB. */
  private record Resident(long gateway, long workers) {}

  @Test
  void memoryStaysWhereItWas() throws Exception {
    Path versions = folder.resolve("models");
    addVersion(versions, 1);
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of("target/soak.txt")));
        GatewayProcess gateway = start(versions)) {
      int first = (int) (WARM_UP * REQUESTS);
      classify(gateway, first);
      List<Resident> seen = new ArrayList<>();
      for (int reload = 1; reload <= RELOADS; reload++) {
        addVersion(versions, reload + 1);
        assertEquals(reload + 1, Calls.reload(gateway).getVersion());
        classify(gateway, (REQUESTS - first) / RELOADS);
        Calls.awaitReady(gateway, 2);
        Resident now = resident(gateway.process().toHandle());
        seen.add(now);
        out.printf(
            "reload %d, %d requests: gateway %d MiB, workers %d MiB%n",
            reload, sent, now.gateway() >> 10, now.workers() >> 10);
        out.flush();
      }
      Resident before = seen.get(0);
      Resident after = seen.get(RELOADS - 1);
      assertTrue(after.gateway() <= before.gateway() * TOLERANCE, "the gateway grew: " + seen);
      assertTrue(after.workers() <= before.workers() * TOLERANCE, "the workers grew: " + seen);
    }
  }

  /**
   * A gateway whose heap and caches are small, so that they are full soon: in a heap of the usual 2
   * GB, Java takes memory for a quarter of an hour before it collects as often as it must.
   */
  private GatewayProcess start(Path versions) throws Exception {
    return GatewayProcess.start(
        folder,
        Map.of("TUTTI_SERVE_HEAP", "640m"),
        "--models",
        versions.toString(),
        "--set",
        "cache.spectrogram-bytes=64m",
        "--set",
        "cache.probability-bytes=1m");
  }

  /** Notes of noise, each of which is sent twice in a row: every second answer is known. */
  private void classify(GatewayProcess gateway, int count) throws Exception {
    ClassificationServiceFutureStub stub =
        ClassificationServiceGrpc.newFutureStub(gateway.channel());
    Semaphore places = new Semaphore(IN_FLIGHT);
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    for (int i = 0; i < count && failures.isEmpty(); i++) {
      places.acquire();
      ClassifyRequest request =
          ClassifyRequest.newBuilder()
              .setAudio(Inputs.pcm(noise(sent++ / 2), DataType.DATA_TYPE_INT16))
              .build();
      Futures.addCallback(
          stub.classify(request),
          new FutureCallback<ClassifyResponse>() {
            @Override
            public void onSuccess(ClassifyResponse response) {
              places.release();
            }

            @Override
            public void onFailure(Throwable failure) {
              failures.add(failure);
              places.release();
            }
          },
          MoreExecutors.directExecutor());
    }
    places.acquire(IN_FLIGHT);
    assertTrue(failures.isEmpty(), failures::toString);
  }

  private static ByteString noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer samples = ByteBuffer.allocate(SAMPLES * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (samples.hasRemaining()) {
      samples.putLong(random.nextLong());
    }
    return ByteString.copyFrom(samples.flip());
  }

  private static void addVersion(Path versions, int number) throws IOException {
    Path partial = Files.createDirectories(versions.resolve(number + ".partial"));
    try (Stream<Path> files = Files.list(Distribution.home().resolve("models/default/1"))) {
      for (Path file : files.toList()) {
        Files.copy(file, partial.resolve(file.getFileName()));
      }
    }
    Files.move(partial, versions.resolve(String.valueOf(number)));
  }

  private static Resident resident(ProcessHandle gateway) {
    return new Resident(
        kibibytes(gateway), gateway.descendants().mapToLong(SoakTest::kibibytes).sum());
  }

  private static long kibibytes(ProcessHandle process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      return 0; // It has just ended.
    }
  }
}
