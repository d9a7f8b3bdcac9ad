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
 * @param gpu the one of the visible GPUs to use, counted from 0; negative: none; absent: all
 */
public record DeviceConfig(
    int intraOpThreads,
    int interOpThreads,
    Optional<String> visibleCudaDevices,
    double cudaMemoryFraction,
    Optional<Integer> gpu) {
  /** Checks the numbers. */
  public DeviceConfig {
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
  public DeviceConfig(int intraOpThreads, int interOpThreads, Optional<String> visibleCudaDevices) {
    this(intraOpThreads, interOpThreads, visibleCudaDevices, 0, Optional.empty());
  }

  /** These threads, and the devices that the environment shows. */
  public static DeviceConfig of(
      int intraOpThreads,
      int interOpThreads,
      double cudaMemoryFraction,
      Map<String, String> environment) {
    return new DeviceConfig(
        intraOpThreads,
        interOpThreads,
        Optional.ofNullable(environment.get("CUDA_VISIBLE_DEVICES")),
        cudaMemoryFraction,
        Optional.empty());
  }

  /** The same on one GPU alone, counted from 0; absent: on none. */
  public DeviceConfig onGpu(Optional<Integer> one) {
    return new DeviceConfig(
        intraOpThreads,
        interOpThreads,
        visibleCudaDevices,
        cudaMemoryFraction,
        Optional.of(one.orElse(-1)));
  }

  /** The configuration of a session. */
  public ConfigProto sessionConfig() {
    GPUOptions.Builder options = GPUOptions.newBuilder();
    if (cudaMemoryFraction > 0) {
      options.setPerProcessGpuMemoryFraction(cudaMemoryFraction);
    } else {
      options.setAllowGrowth(true);
    }
    gpu.filter(index -> index >= 0)
        .ifPresent(index -> options.setVisibleDeviceList(String.valueOf(index)));
    ConfigProto.Builder config = ConfigProto.newBuilder();
    if (gpu.orElse(0) < 0) {
      config.putDeviceCount("GPU", 0);
    }
    return config
        .setIntraOpParallelismThreads(intraOpThreads)
        .setInterOpParallelismThreads(interOpThreads)
        .setGpuOptions(options)
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
