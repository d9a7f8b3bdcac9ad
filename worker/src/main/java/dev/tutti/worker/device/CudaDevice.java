package dev.tutti.worker.device;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes sure that a worker which shall compute on a GPU does, and says what is missing. */
public final class CudaDevice {
  private static final String GPU = "GPU";
  private static final String DRIVER = "libcuda.so.1";
  private static final String GPU_NATIVES =
      "org/tensorflow/internal/c_api/linux-x86_64-gpu/libjnitensorflow.so";

  /** What TensorFlow 2.18 opens, by the versions that it was built against: CUDA 12, cuDNN 9. */
  private static final List<String> LIBRARIES =
      List.of(
          "libcudart.so.12",
          "libcudnn.so.9",
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcufft.so.11",
          "libcusolver.so.11",
          "libcusparse.so.12");

  private CudaDevice() {}

  /**
   * Returns if TensorFlow has a GPU.
   *
   * @throws DeviceUnavailableException if it has none
   */
  public static void require(DeviceConfig device, Map<String, String> environment)
      throws DeviceUnavailableException {
    if (!PhysicalDevices.types(device).contains(GPU)) {
      boolean gpuNatives = CudaDevice.class.getClassLoader().getResource(GPU_NATIVES) != null;
      throw new DeviceUnavailableException(
          whatIsMissing(
              gpuNatives, LibrarySearch.ofSystem(environment), device.visibleCudaDevices()));
    }
  }

  /** The sentence for whoever has to mend it: the first thing missing, from the outside in. */
  static String whatIsMissing(
      boolean gpuNatives, LibrarySearch libraries, Optional<String> visibleDevices) {
    if (!gpuNatives) {
      return "This distribution has TensorFlow for CPUs only; build one for CUDA with 'mvn -Pgpu"
          + " package'.";
    }
    if (!libraries.has(DRIVER)) {
      return "There is no NVIDIA driver here: "
          + DRIVER
          + " is not found. Install the driver; in a container, give it the GPU.";
    }
    List<String> missing = LIBRARIES.stream().filter(name -> !libraries.has(name)).toList();
    if (!missing.isEmpty()) {
      return "These libraries of CUDA 12 and cuDNN 9 are not found: "
          + String.join(", ", missing)
          + ". Install them, or name their folder in LD_LIBRARY_PATH.";
    }
    return visibleDevices
        .map(
            visible ->
                "TensorFlow finds no usable GPU under CUDA_VISIBLE_DEVICES="
                    + visible
                    + ": there is no such device, or the driver is older than CUDA 12 needs (525).")
        .orElse(
            "TensorFlow finds no usable GPU: there is none, or the driver is older than CUDA 12"
                + " needs (525).");
  }
}
