package dev.tutti.server.device;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.ConfigSource;
import java.time.Duration;
import java.util.List;

/**
 * What workers compute on.
 *
 * @param devices {@code auto}, or {@code cpu}, {@code cpu:N} and {@code cuda:K}
 * @param threads threads that share one operation; zero shares the cores among CPU workers
 * @param interThreads threads that run independent operations of one worker side by side
 * @param precision what they compute in
 * @param memory what each may take: bytes such as 6G, a share of what is available such as 40%, or
 *     {@code auto} for their own choice
 * @param pin whether each CPU worker gets processors to itself
 * @param cudaNatives whether this distribution has TensorFlow for CUDA
 * @param cudaMemory share of a GPU's memory that is taken at once, in (0, 1]; zero takes it as it
 *     is needed
 * @param discoveryTimeout what the search for GPUs may take
 */
public record DeviceConfig(
    List<String> devices,
    int threads,
    int interThreads,
    Precision precision,
    String memory,
    boolean pin,
    boolean cudaNatives,
    double cudaMemory,
    Duration discoveryTimeout) {
  private static final String MEMORY = "auto|[1-9]\\d{0,11}[KMGTkmgt]?|([1-9]\\d?|100)%";

  public DeviceConfig {
    check(threads >= 0, "workers.threads", threads, "zero or more");
    check(interThreads >= 1, "workers.inter-threads", interThreads, "1 or more");
    check(
        memory.matches(MEMORY), "workers.memory", memory, "auto, bytes such as 6G, or 1% to 100%");
    check(cudaMemory >= 0 && cudaMemory <= 1, "workers.cuda-memory", cudaMemory, "0 to 1");
    check(
        discoveryTimeout.compareTo(Duration.ZERO) > 0,
        "workers.discovery-timeout",
        discoveryTimeout,
        "more than zero");
  }

  public static DeviceConfig from(ConfigSource source) {
    return new DeviceConfig(
        source.list("workers.devices", List.of("cpu:2")),
        source.integer("workers.threads", 0),
        source.integer("workers.inter-threads", 1),
        source.choice("workers.precision", Precision.AUTO),
        source.text("workers.memory", "auto"),
        source.bool("workers.pin", true),
        source.bool("workers.cuda-natives", false),
        source.number("workers.cuda-memory", 0),
        source.duration("workers.discovery-timeout", Duration.ofSeconds(5)));
  }

  /** Whether the search for GPUs can matter. */
  public boolean mayUseCuda() {
    return devices.stream().anyMatch(device -> !device.startsWith("cpu"));
  }
}
