package dev.tutti.server.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.config.InvalidSettingException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DevicePlanTest {
  private static final Path TASKSET = Path.of("/usr/bin/taskset");
  private static final CudaGpus NONE = CudaGpus.none("there is no program 'nvidia-smi'");
  private static final CudaGpus TWO =
      new CudaGpus(
          List.of(
              new CudaGpu(0, Optional.of("GPU-aa"), "A100", OptionalLong.of(81920), "550"),
              new CudaGpu(3, Optional.empty(), "T4", OptionalLong.empty(), "550")),
          "");

  @Test
  void cpuWorkersShareTheCoresAndSeeNoCudaDevice() {
    List<WorkerSlot> slots = plan("cpu:3", 8);
    assertEquals(3, slots.size());
    assertEquals(
        new WorkerSlot(
            "worker-1",
            "cpu",
            List.of("/usr/bin/taskset", "-c", "2,3,4"),
            List.of("--intra-threads", "2", "--inter-threads", "1", "--precision", "auto"),
            Map.of("CUDA_VISIBLE_DEVICES", "")),
        slots.get(1));
    assertEquals(
        List.of("0,1", "2,3,4", "5,6,7"), slots.stream().map(s -> s.wrapper().get(2)).toList());
  }

  @Test
  void twoWorkersOnTwoCoresGetOneEach() {
    List<WorkerSlot> slots = plan("cpu:2", 2);
    assertEquals(List.of("0", "1"), slots.stream().map(s -> s.wrapper().get(2)).toList());
    assertEquals("1", slots.get(0).options().get(1));
  }

  @Test
  void processorsAreNotBoundWhereThatMakesNoSense() {
    assertEquals(List.of(), plan("cpu:1", 8).get(0).wrapper());
    assertEquals(List.of(), plan("cpu:4", 2).get(0).wrapper());
    Machine bare = new Machine(4, List.of(0, 1, 2, 3), Optional.empty(), NONE);
    assertEquals(List.of(), DevicePlan.slots(config(true, false, "cpu:2"), bare).get(0).wrapper());
    Machine machine = machine(4, NONE);
    assertEquals(
        List.of(), DevicePlan.slots(config(false, false, "cpu:2"), machine).get(0).wrapper());
  }

  @Test
  void aContainersShareOfManyProcessorsLimitsTheThreads() {
    Machine container =
        new Machine(4, IntStream.range(0, 64).boxed().toList(), Optional.of(TASKSET), NONE);
    WorkerSlot slot = DevicePlan.slots(config(true, false, "cpu:2"), container).get(1);
    assertEquals("2", slot.options().get(1));
    assertTrue(slot.wrapper().get(2).startsWith("32,33,"), slot.toString());
  }

  @Test
  void moreWorkersThanCoresHaveOneThreadEach() {
    assertEquals("1", plan("cpu:4", 2).get(0).options().get(1));
  }

  @Test
  void aNumberOfThreadsThatIsGivenIsKept() {
    DeviceConfig config =
        new DeviceConfig(
            List.of("cpu:2"),
            5,
            3,
            Precision.BFLOAT16,
            "6G",
            true,
            false,
            0,
            Duration.ofSeconds(1));
    assertEquals(
        List.of(
            "--intra-threads",
            "5",
            "--inter-threads",
            "3",
            "--precision",
            "bfloat16",
            "--memory",
            "6G"),
        DevicePlan.slots(config, machine(8, NONE)).get(0).options());
  }

  @Test
  void eachCudaWorkerSeesItsOwnDeviceOnlyByTheNameThatNeverChanges() {
    List<WorkerSlot> slots =
        DevicePlan.slots(config(true, true, "cuda:0", "cuda:3", "cpu"), machine(8, TWO));
    assertEquals(
        List.of("cuda:0", "cuda:3", "cpu"), slots.stream().map(WorkerSlot::device).toList());
    assertEquals(
        List.of("GPU-aa", "3", ""),
        slots.stream().map(s -> s.environment().get("CUDA_VISIBLE_DEVICES")).toList());
    assertEquals("PCI_BUS_ID", slots.get(1).environment().get("CUDA_DEVICE_ORDER"));
    assertEquals(
        List.of("--device", "cuda", "--cuda-memory", "0.5"), slots.get(0).options().subList(6, 10));
    assertEquals(
        List.of("worker-0", "worker-1", "worker-2"), slots.stream().map(WorkerSlot::name).toList());
  }

  @Test
  void aCudaDeviceThatIsNotListedIsRefusedWithThoseThatAre() {
    String message =
        assertThrows(
                InvalidSettingException.class,
                () -> DevicePlan.slots(config(true, true, "cuda:1"), machine(8, TWO)))
            .getMessage();
    assertTrue(message.contains("'cuda:1'; there are cuda:0 (A100, 81920 MiB), cuda:3"), message);
  }

  @Test
  void whereNothingCanBeListedTheWorkerItselfHasToTell() {
    WorkerSlot slot = DevicePlan.slots(config(true, true, "cuda:1"), machine(8, NONE)).get(0);
    assertEquals("1", slot.environment().get("CUDA_VISIBLE_DEVICES"));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "8, 2", "16, 4", "128, 8"})
  void autoWithoutGpusTakesCpuWorkersByTheCores(int cores, int workers) {
    List<WorkerSlot> slots = plan("auto", cores);
    assertEquals(workers, slots.size());
    assertTrue(slots.stream().allMatch(slot -> slot.device().equals("cpu")));
  }

  @Test
  void autoTakesEveryGpuThatThisDistributionCanUse() {
    assertEquals(
        List.of("cuda:0", "cuda:3"),
        DevicePlan.slots(config(true, true, "auto"), machine(8, TWO)).stream()
            .map(WorkerSlot::device)
            .toList());
    assertEquals(
        "cpu", DevicePlan.slots(config(true, false, "auto"), machine(8, TWO)).get(0).device());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gpu", "cpu:0", "cpu:-1", "cpu:65", "cuda", "cuda:x", "cuda:0;rm"})
  void anythingElseIsRefusedWithWhatIsAccepted(String device) {
    String message =
        assertThrows(InvalidSettingException.class, () -> plan(device, 8)).getMessage();
    assertTrue(message.contains("'" + device + "'"), message);
    assertTrue(message.contains("accepted are auto, or cpu, cpu:N and cuda:K"), message);
  }

  @Test
  void noDeviceTooManyAndAutoBesideOthersAreRefused() {
    assertThrows(InvalidSettingException.class, () -> plans());
    assertThrows(InvalidSettingException.class, () -> plans("auto", "cpu"));
    String[] many = Collections.nCopies(65, "cuda:0").toArray(String[]::new);
    assertThrows(InvalidSettingException.class, () -> plans(many));
  }

  private static List<WorkerSlot> plan(String device, int cores) {
    return DevicePlan.slots(config(true, false, device), machine(cores, NONE));
  }

  private static List<WorkerSlot> plans(String... devices) {
    return DevicePlan.slots(config(true, false, devices), machine(8, NONE));
  }

  private static Machine machine(int cores, CudaGpus gpus) {
    return new Machine(
        cores, IntStream.range(0, cores).boxed().toList(), Optional.of(TASKSET), gpus);
  }

  private static DeviceConfig config(boolean pin, boolean natives, String... devices) {
    return new DeviceConfig(
        List.of(devices), 0, 1, Precision.AUTO, "auto", pin, natives, 0.5, Duration.ofSeconds(1));
  }
}
