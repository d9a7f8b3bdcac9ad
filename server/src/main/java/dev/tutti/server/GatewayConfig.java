package dev.tutti.server;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.batching.BatchPolicy;
import dev.tutti.server.cache.CacheConfig;
import dev.tutti.server.classify.DspConfig;
import dev.tutti.server.config.ConfigSource;
import dev.tutti.server.device.DeviceConfig;
import dev.tutti.server.dispatch.DispatchConfig;
import dev.tutti.server.evaluate.EvaluationConfig;
import dev.tutti.server.grpc.call.ServerConfig;
import dev.tutti.server.reload.ModelsConfig;
import dev.tutti.server.supervision.SupervisionConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All settings of a gateway.
 *
 * @param workerCommand the worker program; its options are appended
 * @param dataSets data sets for evaluations, by name
 */
public record GatewayConfig(
    ModelsConfig models,
    DeviceConfig devices,
    List<String> workerCommand,
    Map<String, Path> dataSets,
    ServerConfig server,
    BatchPolicy batching,
    CacheConfig cache,
    DspConfig dsp,
    DispatchConfig dispatch,
    EvaluationConfig evaluate,
    SupervisionConfig supervision) {

  public GatewayConfig {
    check(
        workerCommand.stream().noneMatch(String::isEmpty) && !workerCommand.isEmpty(),
        "workers.command",
        workerCommand,
        "a program and its arguments, joined by commas");
  }

  /**
   * @throws dev.tutti.server.config.InvalidSettingException for a value that is not accepted, alone
   *     or together with others, or a key that is not known
   */
  public static GatewayConfig from(ConfigSource source) {
    return from(source, Runtime.getRuntime().maxMemory());
  }

  /**
   * The same for a heap of a certain size, of which many defaults are shares.
   *
   * @param heapBytes what the heap may grow to
   */
  static GatewayConfig from(ConfigSource source, long heapBytes) {
    Map<String, Path> dataSets = new TreeMap<>();
    source.named("datasets").forEach((name, path) -> dataSets.put(name, Path.of(path)));
    GatewayConfig config =
        new GatewayConfig(
            ModelsConfig.from(source),
            DeviceConfig.from(source),
            source.list("workers.command", List.of("tutti", "worker")),
            Map.copyOf(dataSets),
            ServerConfig.from(source, heapBytes),
            BatchPolicy.from(source, heapBytes),
            CacheConfig.from(source, heapBytes),
            DspConfig.from(source, heapBytes),
            DispatchConfig.from(source),
            EvaluationConfig.from(source, heapBytes),
            SupervisionConfig.from(source));
    source.refuseUnknown();
    ConfigArithmetic.check(config, heapBytes);
    return config;
  }
}
