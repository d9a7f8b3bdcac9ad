package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import dev.tutti.v1.Audio;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyRequest;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a gateway takes of memory at most is what its settings' page says, whatever clients send:
 * looked at from outside, as the system counts it, and where a control group can be made, enforced
 * by the system.
 */
@Tag("soak")
class FootprintTest {
  private static final int HEAP = 512;
  private static final int DIRECT = 512;

  /** What the page adds to heap and direct memory: classes, compiled code, and the rest. */
  private static final int BESIDES = 192 + 160 + 250;

  private static final int STATED = HEAP + DIRECT + BESIDES;
  private static final int CONNECTIONS = 240;
  private static final int LARGE = 15 << 20;
  private static final int ROUNDS = 4;

  @TempDir Path folder;

  @Test
  void halfSentAndLargeMessagesStayWithinWhatIsStated() throws Exception {
    Map<String, String> memory =
        Map.of("TUTTI_SERVE_HEAP", HEAP + "m", "TUTTI_SERVE_DIRECT", DIRECT + "m");
    try (GatewayProcess gateway = GatewayProcess.start(folder, memory, "--devices", "cpu:1")) {
      long pid = gateway.process().pid();
      assumeSeen(pid);
      long before = mebibytes(pid, "VmRSS");
      try (MemoryLimit limit = MemoryLimit.on(pid, STATED - before)) {
        List<HalfMessage> halves = new ArrayList<>();
        long sent = 0;
        try {
          for (int i = 0; i < CONNECTIONS; i++) {
            HalfMessage half = new HalfMessage(gateway.port());
            halves.add(half);
            sent += half.send("tutti.v1.ClassificationService/Classify", LARGE);
          }
          for (int round = 0; round < ROUNDS; round++) {
            sendLarge(gateway);
          }
          assertEquals(1, gateway.workers().size());
        } finally {
          for (HalfMessage half : halves) {
            half.close();
          }
        }
        long peak = mebibytes(pid, "VmHWM");
        System.out.printf(
            "footprint: stated %d MiB, before %d, peak %d; %d MiB of half messages; %s%n",
            STATED, before, peak, sent >> 20, limit);
        assertTrue(peak <= STATED, peak + " MiB");
        assertTrue(gateway.process().isAlive(), gateway.log());
      }
    }
  }

  /** So many at once over several connections that not all of them can be taken. */
  private static void sendLarge(GatewayProcess gateway) throws InterruptedException {
    ClassifyRequest request =
        ClassifyRequest.newBuilder()
            .setAudio(Audio.newBuilder().setEncodedFile(ByteString.copyFrom(new byte[LARGE])))
            .build();
    List<ManagedChannel> channels = new ArrayList<>();
    List<ListenableFuture<?>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", gateway.port()).usePlaintext().build();
      channels.add(channel);
      for (int call = 0; call < 4; call++) {
        answers.add(ClassificationServiceGrpc.newFutureStub(channel).classify(request));
      }
    }
    Await.until("an answer to each", () -> answers.stream().allMatch(ListenableFuture::isDone));
    channels.forEach(ManagedChannel::shutdownNow);
  }

  private static void assumeSeen(long pid) {
    boolean seen = Files.isReadable(Path.of("/proc/" + pid + "/status"));
    if (!seen) {
      System.out.println("SKIPPED: the memory of a process is read from /proc");
    }
    assumeTrue(seen);
  }

  private static long mebibytes(long pid, String field) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
            .filter(line -> line.startsWith(field + ":"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        >> 10;
  }
}
