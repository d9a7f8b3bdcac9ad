package dev.tutti.server.device;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One GPU, as the driver's tool lists it.
 *
 * @param index its place in the order of the PCI bus
 * @param uuid its name that never changes; absent when the tool gives none
 * @param memoryMib its memory in MiB; absent when the tool gives none
 */
public record CudaGpu(
    int index, Optional<String> uuid, String name, OptionalLong memoryMib, String driver) {
  /** What {@code CUDA_VISIBLE_DEVICES} calls it. */
  public String visibleAs() {
    return uuid.orElse(String.valueOf(index));
  }

  @Override
  public String toString() {
    String memory = memoryMib.isPresent() ? ", " + memoryMib.getAsLong() + " MiB" : "";
    return "cuda:" + index + " (" + name + memory + ")";
  }
}
