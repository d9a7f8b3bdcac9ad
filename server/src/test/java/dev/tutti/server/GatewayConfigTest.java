package dev.tutti.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.batching.BatchPolicy;
import dev.tutti.server.cache.CacheConfig;
import dev.tutti.server.config.ConfigSource;
import dev.tutti.server.config.InvalidSettingException;
import dev.tutti.server.device.DeviceConfig;
import dev.tutti.server.device.Precision;
import dev.tutti.server.dispatch.DispatchConfig;
import dev.tutti.server.evaluate.EvaluationConfig;
import dev.tutti.server.grpc.call.AdminAccess;
import dev.tutti.server.reload.ModelsConfig;
import dev.tutti.server.supervision.SupervisionConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {
  /** Every key with a value that is not its default. */
  private static final Map<String, String> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("models.path", "/m"),
              Map.entry("models.name", "bank-1"),
              Map.entry("models.label.NAME", "3"),
              Map.entry("models.watch", "21s"),
              Map.entry("models.retire-timeout", "22s"),
              Map.entry("models.reload-memory", "1.5"),
              Map.entry("datasets.NAME", "/d"),
              Map.entry("server.host", "0.0.0.0"),
              Map.entry("server.port", "1234"),
              Map.entry("server.max-message-bytes", "8m"),
              Map.entry("server.max-in-flight-bytes", "9m"),
              Map.entry("server.max-connections", "31"),
              Map.entry("server.max-calls", "32"),
              Map.entry("server.idle-timeout", "33s"),
              Map.entry("server.threads", "3"),
              Map.entry("server.admin", "off"),
              Map.entry("server.drain-timeout", "3s"),
              Map.entry("workers.devices", "cuda:0,cpu:1"),
              Map.entry("workers.threads", "5"),
              Map.entry("workers.inter-threads", "2"),
              Map.entry("workers.precision", "float32"),
              Map.entry("workers.memory", "40%"),
              Map.entry("workers.pin", "false"),
              Map.entry("workers.cuda-natives", "true"),
              Map.entry("workers.cuda-memory", "0.75"),
              Map.entry("workers.discovery-timeout", "23s"),
              Map.entry("workers.command", "run,worker"),
              Map.entry("workers.max-concurrent-batches", "3"),
              Map.entry("workers.answer-timeout", "19s"),
              Map.entry("workers.start-timeout", "11s"),
              Map.entry("workers.probe-interval", "12ms"),
              Map.entry("workers.suspect-after", "6"),
              Map.entry("workers.kill-after", "7"),
              Map.entry("workers.backoff-initial", "14ms"),
              Map.entry("workers.backoff-max", "15s"),
              Map.entry("workers.stable-uptime", "16s"),
              Map.entry("workers.max-failures", "8"),
              Map.entry("workers.drain-timeout", "17s"),
              Map.entry("batching.max-batch-size", "16"),
              Map.entry("batching.batch-timeout", "5ms"),
              Map.entry("batching.max-enqueued-batches", "9"),
              Map.entry("batching.max-queue-time", "18s"),
              Map.entry("batching.max-enqueued-bytes", "70m"),
              Map.entry("cache.spectrogram-bytes", "1m"),
              Map.entry("cache.probability-bytes", "2m"),
              Map.entry("signal.threads", "3"),
              Map.entry("signal.queue-capacity", "1400"),
              Map.entry("signal.queue-bytes", "150m"),
              Map.entry("signal.max-clip-seconds", "20"),
              Map.entry("evaluate.max-in-flight", "11"),
              Map.entry("evaluate.max-in-flight-bytes", "3m"),
              Map.entry("evaluate.max-concurrent", "11"),
              Map.entry("evaluate.max-open-per-peer", "23")));

  @Test
  void everyKeyReachesItsComponent() {
    GatewayConfig config = GatewayConfig.from(new ConfigSource(ALL));
    assertEquals(
        new ModelsConfig(
            Path.of("/m"),
            "bank-1",
            Map.of("NAME", 3),
            Duration.ofSeconds(21),
            Duration.ofSeconds(22),
            1.5),
        config.models());
    assertEquals(Map.of("NAME", Path.of("/d")), config.dataSets());
    assertEquals(
        new DeviceConfig(
            List.of("cuda:0", "cpu:1"),
            5,
            2,
            Precision.FLOAT32,
            "40%",
            false,
            true,
            0.75,
            Duration.ofSeconds(23)),
        config.devices());
    assertEquals(List.of("run", "worker"), config.workerCommand());
    assertEquals("0.0.0.0", config.server().host());
    assertEquals(1234, config.server().port());
    assertEquals(8 << 20, config.server().maxMessageBytes());
    assertEquals(9 << 20, config.server().maxInFlightBytes());
    assertEquals(31, config.server().maxConnections());
    assertEquals(32, config.server().maxCalls());
    assertEquals(Duration.ofSeconds(33), config.server().idleTimeout());
    assertEquals(3, config.server().threads());
    assertEquals(AdminAccess.OFF, config.server().admin());
    assertEquals(Duration.ofSeconds(3), config.server().drainTimeout());
    assertEquals(
        new BatchPolicy(16, Duration.ofMillis(5), 9, 70 << 20, Duration.ofSeconds(18)),
        config.batching());
    assertEquals(new CacheConfig(1 << 20, 2 << 20), config.cache());
    assertEquals(3, config.dsp().threads());
    assertEquals(1400, config.dsp().queueCapacity());
    assertEquals(150 << 20, config.dsp().queueBytes());
    assertEquals(20, config.dsp().maxClipSeconds());
    assertEquals(new DispatchConfig(3, Duration.ofSeconds(19)), config.dispatch());
    assertEquals(new EvaluationConfig(11, 3 << 20, 11, 23), config.evaluate());
    assertEquals(
        new SupervisionConfig(
            Duration.ofSeconds(11),
            Duration.ofMillis(12),
            6,
            7,
            Duration.ofMillis(14),
            Duration.ofSeconds(15),
            Duration.ofSeconds(16),
            8,
            Duration.ofSeconds(17)),
        config.supervision());
  }

  @Test
  void theDocumentListsEveryKeyAndNoOther() throws IOException {
    Matcher keys =
        Pattern.compile("^\\| `([^`]+)`", Pattern.MULTILINE)
            .matcher(Files.readString(Path.of("SETTINGS.md")));
    TreeSet<String> documented = new TreeSet<>();
    while (keys.find()) {
      documented.add(keys.group(1));
    }
    assertEquals(ALL.keySet(), documented);
  }

  @Test
  void defaultsNeedNoSettings() {
    GatewayConfig config = GatewayConfig.from(new ConfigSource(Map.of()));
    assertEquals(List.of("cpu:2"), config.devices().devices());
    assertEquals(50_051, config.server().port());
  }

  @Test
  void nonsenseIsRefusedWithTheKeyAndWhatIsAccepted() {
    Map<String, String> nonsense =
        Map.ofEntries(
            Map.entry("server.port", "65536"),
            Map.entry("server.admin", "LOCAL"),
            Map.entry("batching.max-batch-size", "0"),
            Map.entry("workers.kill-after", "2"),
            Map.entry("workers.backoff-max", "1ms"),
            Map.entry("workers.pin", "yes"),
            Map.entry("workers.precision", "half"),
            Map.entry("workers.memory", "0%"),
            Map.entry("workers.cuda-memory", "1.1"),
            Map.entry("models.name", "a b"),
            Map.entry("models.label.stable", "new"),
            Map.entry("models.label.7", "7"),
            Map.entry("models.reload-memory", "-1"),
            Map.entry("evaluate.max-in-flight", "none"),
            Map.entry("evaluate.max-open-per-peer", "0"),
            Map.entry("server.max-connections", "0"),
            Map.entry("server.max-calls", "0"),
            Map.entry("server.idle-timeout", "10ms"),
            Map.entry("cache.spectrogram-bytes", "-1"),
            Map.entry("signal.threads", "0"));
    nonsense.forEach(
        (key, value) -> {
          String message =
              assertThrows(
                      InvalidSettingException.class,
                      () -> GatewayConfig.from(new ConfigSource(Map.of(key, value))))
                  .getMessage();
          assertTrue(message.contains("'" + key + "'"), message);
          assertTrue(message.contains("it must be "), message);
        });
  }
}
