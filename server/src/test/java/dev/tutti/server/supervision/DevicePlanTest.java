package dev.tutti.server.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.config.InvalidSettingException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicePlanTest {
  @Test
  void cpuWorkersShareTheCoresAndSeeNoCudaDevice() {
    List<WorkerSlot> slots = DevicePlan.slots(List.of("cpu:3"), 8, 0);
    assertEquals(3, slots.size());
    assertEquals(
        new WorkerSlot("worker-1", "cpu", 2, Map.of("CUDA_VISIBLE_DEVICES", "")), slots.get(1));
  }

  @Test
  void moreWorkersThanCoresHaveOneThreadEach() {
    assertEquals(1, DevicePlan.slots(List.of("cpu:4"), 2, 0).get(0).threads());
  }

  @Test
  void aNumberOfThreadsThatIsGivenIsKept() {
    assertEquals(5, DevicePlan.slots(List.of("cpu:2"), 8, 5).get(0).threads());
  }

  @Test
  void eachCudaWorkerSeesItsOwnDeviceOnly() {
    List<WorkerSlot> slots = DevicePlan.slots(List.of("cuda:0", "cuda:3", "cpu"), 8, 0);
    assertEquals(
        List.of("cuda:0", "cuda:3", "cpu"), slots.stream().map(WorkerSlot::device).toList());
    assertEquals(
        Map.of("CUDA_DEVICE_ORDER", "PCI_BUS_ID", "CUDA_VISIBLE_DEVICES", "3"),
        slots.get(1).environment());
    assertEquals(
        List.of("worker-0", "worker-1", "worker-2"), slots.stream().map(WorkerSlot::name).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cpu:0", "cpu:-1", "cpu:65", "cuda", "cuda:x", "cuda:0;rm"})
  void anythingElseIsRefusedWithWhatIsAccepted(String device) {
    String message =
        assertThrows(InvalidSettingException.class, () -> DevicePlan.slots(List.of(device), 8, 0))
            .getMessage();
    assertTrue(message.contains("'" + device + "'"), message);
    assertTrue(message.contains("accepted are cpu, cpu:N and cuda:K"), message);
  }

  @Test
  void noDeviceAndTooManyAreRefused() {
    assertThrows(InvalidSettingException.class, () -> DevicePlan.slots(List.of(), 8, 0));
    List<String> many = Collections.nCopies(65, "cuda:0");
    assertThrows(InvalidSettingException.class, () -> DevicePlan.slots(many, 8, 0));
  }
}
