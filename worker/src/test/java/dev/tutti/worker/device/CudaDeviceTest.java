package dev.tutti.worker.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaDeviceTest {
  private static final List<String> ALL =
      List.of(
          "libcuda.so.1",
          "libcudart.so.12",
          "libcudnn.so.9",
          "libcublas.so.12",
          "libcublasLt.so.12",
          "libcufft.so.11",
          "libcusolver.so.11",
          "libcusparse.so.12");

  @TempDir Path folder;

  @Test
  void withoutAGpuTensorFlowHasTheCpuAlone() {
    assertEquals(List.of("CPU"), PhysicalDevices.types(hidden()));
  }

  @Test
  void aGpuThatIsNotThereIsNeverReplacedByTheCpu() {
    String message =
        assertThrows(
                DeviceUnavailableException.class,
                () -> CudaDevice.require(hidden(), Map.of("LD_LIBRARY_PATH", "/nowhere")))
            .getMessage();
    assertTrue(message.contains("-Pgpu") || message.contains("GPU"), message);
  }

  @Test
  void theFirstThingMissingIsNamed() throws IOException {
    assertTrue(missing(false, "0").contains("'mvn -Pgpu package'"));
    assertTrue(missing(true, "0").contains("libcuda.so.1 is not found"));
    install("libcuda.so.1", "libcudart.so.12", "libcudnn.so.8");
    String libraries = missing(true, "0");
    assertTrue(libraries.contains("not found: libcudnn.so.9, libcublas.so.12"), libraries);
    assertTrue(!libraries.contains("libcudart"), libraries);
  }

  @Test
  void withEverythingThereItIsTheDevice() throws IOException {
    install(ALL.toArray(String[]::new));
    assertTrue(missing(true, "GPU-7").contains("CUDA_VISIBLE_DEVICES=GPU-7"));
    String unset =
        CudaDevice.whatIsMissing(true, new LibrarySearch(List.of(folder)), Optional.empty());
    assertTrue(unset.startsWith("TensorFlow finds no usable GPU: there is none"), unset);
  }

  @Test
  void theLibraryPathIsSearched() throws IOException {
    Files.createFile(folder.resolve("libtutti-test.so.3"));
    Map<String, String> environment = Map.of("LD_LIBRARY_PATH", "/nowhere::" + folder);
    assertTrue(LibrarySearch.ofSystem(environment).has("libtutti-test.so.3"));
    assertTrue(!LibrarySearch.ofSystem(Map.of()).has("libtutti-test.so.3"));
  }

  @Test
  void gpuMemoryGrowsUnlessAShareIsGiven() {
    assertTrue(hidden().sessionConfig().getGpuOptions().getAllowGrowth());
    var half = DeviceConfig.of(1, 1, 0.5, Map.of()).sessionConfig().getGpuOptions();
    assertEquals(0.5, half.getPerProcessGpuMemoryFraction());
    assertTrue(!half.getAllowGrowth());
    assertThrows(IllegalArgumentException.class, () -> DeviceConfig.of(1, 1, 1.5, Map.of()));
    assertThrows(IllegalArgumentException.class, () -> DeviceConfig.of(1, 1, Double.NaN, Map.of()));
  }

  private String missing(boolean gpuNatives, String visible) {
    return CudaDevice.whatIsMissing(
        gpuNatives, new LibrarySearch(List.of(folder)), Optional.of(visible));
  }

  private void install(String... libraries) throws IOException {
    for (String library : libraries) {
      Files.createFile(folder.resolve(library));
    }
  }

  private static DeviceConfig hidden() {
    return new DeviceConfig(1, 1, Optional.of(""));
  }
}
