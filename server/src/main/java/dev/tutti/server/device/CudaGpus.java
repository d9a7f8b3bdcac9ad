package dev.tutti.server.device;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The GPUs that were found.
 *
 * @param gpus in the order of the PCI bus
 * @param problem why there are none, or why some are missing; empty when nothing went wrong
 */
public record CudaGpus(List<CudaGpu> gpus, String problem) {
  /** No GPU, for this reason. */
  public static CudaGpus none(String problem) {
    return new CudaGpus(List.of(), problem);
  }

  /** The GPU of an index. */
  public Optional<CudaGpu> find(int index) {
    return gpus.stream().filter(gpu -> gpu.index() == index).findFirst();
  }

  @Override
  public String toString() {
    return gpus.isEmpty()
        ? "no GPU (" + problem + ")"
        : gpus.stream().map(CudaGpu::toString).collect(Collectors.joining(", "));
  }
}
