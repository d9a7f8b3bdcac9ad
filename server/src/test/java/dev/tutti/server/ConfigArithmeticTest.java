package dev.tutti.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.config.ConfigSource;
import dev.tutti.server.config.InvalidSettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigArithmeticTest {
  private static final long MIB = 1 << 20;

  @ParameterizedTest
  @ValueSource(longs = {400, 495, 512, 777, 1024, 1981, 2048, 4096, 65_536})
  void theDefaultsFitTogetherOnAnyHeap(long mib) {
    GatewayConfig config = GatewayConfig.from(new ConfigSource(Map.of()), mib * MIB);
    assertEquals(mib * MIB / 4, config.cache().spectrogramBytes());
    assertEquals(mib * MIB / 32, config.cache().probabilityBytes());
  }

  @Test
  void aHeapOfTwoGigabytesAllowsWhatItAlwaysDid() {
    GatewayConfig config = GatewayConfig.from(new ConfigSource(Map.of()), 2048 * MIB);
    assertEquals(512 * MIB, config.cache().spectrogramBytes());
    assertEquals(64 * MIB, config.cache().probabilityBytes());
    assertEquals(64, config.evaluate().maxInFlight());
  }

  @Test
  void evaluationsThatAreLetInFindRoomInTheBatchLane() {
    assertRefused(
        Map.of("evaluate.max-concurrent", "9"),
        2048,
        "evaluate.max-in-flight x evaluate.max-concurrent = 64 x 9 = 576 samples",
        "= 8 x 64 = 512 may wait");
    assertRefused(
        Map.of("batching.max-enqueued-bytes", "100m"),
        2048,
        "64 x 4 x 516,600 bytes of a sample of 1025 x 126 = 132,249,600 bytes",
        "batching.max-enqueued-bytes = 104,857,600 may wait");
  }

  @Test
  void smallBatchesLetAsManySamplesWait() {
    for (int size : new int[] {1, 2, 3, 8, 16}) {
      GatewayConfig config =
          GatewayConfig.from(
              new ConfigSource(Map.of("batching.max-batch-size", "" + size)), 2048 * MIB);
      assertTrue(config.batching().laneCapacity() >= 510, "" + config.batching());
    }
  }

  @Test
  void notesOfMixturesFindRoomInTheDspPool() {
    assertRefused(
        Map.of("signal.queue-capacity", "2815"), 2048, "64 x 4 x 11 notes", "= 2,816 notes");
    accept(Map.of("signal.queue-capacity", "2816"), 2048);
  }

  @Test
  void messagesOfEvaluationsFindRoomInTheDspPool() {
    assertRefused(
        Map.of("evaluate.max-in-flight-bytes", "120m"),
        2048,
        "= 4 x (125,829,120 + 16,777,216) = 570,425,344 bytes",
        "signal.queue-bytes = 536,870,912");
  }

  @Test
  void whatIsHeldAtMostFitsIntoTheHeap() {
    assertRefused(
        Map.of("cache.spectrogram-bytes", "512m"),
        512,
        "= 536,870,912 + 16,777,216 +",
        "the heap of 536,870,912 has room for 469,762,048 of them",
        "TUTTI_SERVE_HEAP");
    accept(Map.of("cache.spectrogram-bytes", "64m"), 512);
  }

  private static void accept(Map<String, String> settings, long heapMib) {
    GatewayConfig config = GatewayConfig.from(new ConfigSource(settings), heapMib * MIB);
    assertEquals(50_051, config.server().port());
  }

  private static void assertRefused(Map<String, String> settings, long heapMib, String... said) {
    String message =
        assertThrows(
                InvalidSettingException.class,
                () -> GatewayConfig.from(new ConfigSource(settings), heapMib * MIB))
            .getMessage();
    for (String part : said) {
      assertTrue(message.contains(part), message);
    }
  }
}
