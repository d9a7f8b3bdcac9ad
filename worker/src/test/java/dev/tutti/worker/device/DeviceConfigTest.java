package dev.tutti.worker.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;

class DeviceConfigTest {
  private static final DeviceConfig TWO_THREADS = new DeviceConfig(2, 1, Optional.empty());

  @Test
  void aSessionMayUseEveryVisibleGpuUnlessToldOtherwise() {
    ConfigProto config = TWO_THREADS.sessionConfig();
    assertEquals(2, config.getIntraOpParallelismThreads());
    assertFalse(config.containsDeviceCount("GPU"));
    assertEquals("", config.getGpuOptions().getVisibleDeviceList());
    assertTrue(config.getGpuOptions().getAllowGrowth());
  }

  @Test
  void oneGpuIsTheOnlyVisibleOne() {
    ConfigProto config = TWO_THREADS.onGpu(Optional.of(1)).sessionConfig();
    assertEquals("1", config.getGpuOptions().getVisibleDeviceList());
    assertFalse(config.containsDeviceCount("GPU"));
  }

  @Test
  void noGpuHidesAll() {
    ConfigProto config = TWO_THREADS.onGpu(Optional.empty()).sessionConfig();
    assertEquals(0, config.getDeviceCountOrDefault("GPU", -1));
  }

  @Test
  void threadsAreCounted() {
    assertThrows(IllegalArgumentException.class, () -> new DeviceConfig(0, 1, Optional.empty()));
  }
}
