package dev.tutti.server.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With shell scripts that stand in for the driver's tool. */
class NvidiaSmiTest {
  @TempDir Path folder;
  private final AtomicReference<Process> started = new AtomicReference<>();

  @Test
  void gpusAreListedWithWhatIsKnownOfThem() throws IOException {
    CudaGpus found =
        discover(
            """
            test "$1" = --query-gpu=index,uuid,name,memory.total,driver_version || exit 2
            test "$2" = --format=csv,noheader || exit 2
            echo '0, GPU-4a2f-77, NVIDIA A100-SXM4-80GB, 81920 MiB, 550.54.15'
            echo '1, MIG-GPU-9/1/0, NVIDIA A100 MIG 1g.10gb, [N/A], 550.54.15'
            echo '2, [N/A], A name, with a comma, [Insufficient Permissions], [N/A]'
            """);
    assertEquals("", found.problem());
    assertEquals(
        new CudaGpu(
            0,
            Optional.of("GPU-4a2f-77"),
            "NVIDIA A100-SXM4-80GB",
            OptionalLong.of(81920),
            "550.54.15"),
        found.gpus().get(0));
    assertEquals("MIG-GPU-9/1/0", found.gpus().get(1).visibleAs());
    assertEquals(OptionalLong.empty(), found.gpus().get(1).memoryMib());
    assertEquals("A name, with a comma", found.gpus().get(2).name());
    assertEquals("2", found.gpus().get(2).visibleAs());
  }

  @Test
  void aToolThatHangsIsEndedWithItsChildren() throws IOException {
    Path child = folder.resolve("child");
    CudaGpus found =
        discover(Duration.ofSeconds(3), "sleep 600 & echo $! >" + child + "; sleep 600");
    assertTrue(found.problem().contains("did not answer within 3000 ms"), found.problem());
    assertFalse(started.get().isAlive());
    long pid = Long.parseLong(Files.readString(child).strip());
    assertFalse(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false));
  }

  @Test
  void aToolThatKeepsItsOutputOpenIsNotWaitedFor() throws IOException {
    CudaGpus found = discover(Duration.ofMillis(300), "sleep 2 & exit 0");
    assertEquals(List.of(), found.gpus());
  }

  @Test
  void aDriverThatDoesNotAnswerIsSaidSo() throws IOException {
    CudaGpus found = discover("echo 'NVIDIA-SMI has failed: no driver'; exit 9");
    assertEquals(List.of(), found.gpus());
    assertTrue(
        found.problem().endsWith("ended with exit code 9: NVIDIA-SMI has failed: no driver"),
        found.problem());
  }

  @Test
  void garbageIsNoGpu() throws IOException {
    CudaGpus found = discover("head -c 300000 /dev/urandom; echo; echo '0, GPU-1, A, 1 MiB, 5'");
    assertFalse(found.problem().isEmpty());
    CudaGpus half = discover("echo 'Warning: x'; echo '0, GPU-1, A, 1 MiB, 5'");
    assertEquals(1, half.gpus().size());
    assertTrue(half.problem().endsWith("said something else: Warning: x"), half.problem());
  }

  @Test
  void noGpuAndNoToolAreTwoThings() throws IOException {
    assertTrue(discover("exit 0").problem().endsWith("lists none"));
    NvidiaSmi missing =
        new NvidiaSmi("/no/nvidia-smi", Duration.ofSeconds(5), ProgramStarter::start);
    assertEquals("there is no program '/no/nvidia-smi'", missing.discover().problem());
  }

  private CudaGpus discover(String script) throws IOException {
    return discover(Duration.ofSeconds(30), script);
  }

  private CudaGpus discover(Duration timeout, String script) throws IOException {
    Path tool = folder.resolve("nvidia-smi");
    Files.writeString(tool, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    ProgramStarter starter =
        command -> {
          Process process = ProgramStarter.start(command);
          started.set(process);
          return process;
        };
    return new NvidiaSmi(tool.toString(), timeout, starter).discover();
  }
}
