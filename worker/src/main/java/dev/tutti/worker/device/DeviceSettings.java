package dev.tutti.worker.device;

import java.util.Map;
import java.util.Optional;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * What this process may use. Which GPUs it may see is decided by its parent, through {@code
 * CUDA_VISIBLE_DEVICES}, before TensorFlow loads.
 *
 * @param intraOpThreads that share one operation, at least 1
 * @param interOpThreads that run independent operations side by side, at least 1
 * @param visibleCudaDevices as the parent set it; absent: not set; empty or -1: none
 * @param cudaMemoryFraction share of a GPU's memory that is taken at once, in (0, 1]; zero takes it
 *     as it is needed
 */
public record DeviceSettings(
    int intraOpThreads,
    int interOpThreads,
    Optional<String> visibleCudaDevices,
    double cudaMemoryFraction) {
  /** Checks the numbers. */
  public DeviceSettings {
    if (intraOpThreads < 1 || interOpThreads < 1) {
      throw new IllegalArgumentException(
          "thread counts must be 1 or more: intra %d, inter %d"
              .formatted(intraOpThreads, interOpThreads));
    }
    if (!(cudaMemoryFraction >= 0 && cudaMemoryFraction <= 1)) {
      throw new IllegalArgumentException(
          "the share of a GPU's memory must be in [0, 1]: " + cudaMemoryFraction);
    }
  }

  /** GPU memory is taken as it is needed. */
  public DeviceSettings(
      int intraOpThreads, int interOpThreads, Optional<String> visibleCudaDevices) {
    this(intraOpThreads, interOpThreads, visibleCudaDevices, 0);
  }

  /** These threads, and the devices that the environment shows. */
  public static DeviceSettings of(
      int intraOpThreads,
      int interOpThreads,
      double cudaMemoryFraction,
      Map<String, String> environment) {
    return new DeviceSettings(
        intraOpThreads,
        interOpThreads,
        Optional.ofNullable(environment.get("CUDA_VISIBLE_DEVICES")),
        cudaMemoryFraction);
  }

  /** The settings of a session. */
  public ConfigProto sessionConfig() {
    GPUOptions.Builder gpu = GPUOptions.newBuilder();
    if (cudaMemoryFraction > 0) {
      gpu.setPerProcessGpuMemoryFraction(cudaMemoryFraction);
    } else {
      gpu.setAllowGrowth(true);
    }
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(intraOpThreads)
        .setInterOpParallelismThreads(interOpThreads)
        .setGpuOptions(gpu)
        .build();
  }

  /** For logs. */
  public String describe() {
    String devices =
        visibleCudaDevices
            .filter(visible -> !visible.isBlank() && !visible.equals("-1"))
            .map(visible -> "cuda:" + visible)
            .orElse("cpu");
    return "%s, %d intra-op and %d inter-op threads"
        .formatted(devices, intraOpThreads, interOpThreads);
  }
}
