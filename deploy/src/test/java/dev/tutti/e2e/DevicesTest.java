package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tutti.v1.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What workers compute on, with the distribution for CPUs. */
class DevicesTest {
  @TempDir Path folder;

  @Test
  void aGpuThatCannotBeUsedIsSaidSoAndNeverReplaced() throws Exception {
    Distribution.Outcome outcome = Distribution.run("serve", "--port", "0", "--devices", "cuda:0");
    // Where the driver lists other GPUs, the gateway refuses this one at once.
    assertTrue(outcome.exitCode() == 1 || outcome.exitCode() == 2, outcome.err());
    assertTrue(
        outcome.err().contains("exit status 4") && outcome.err().contains("-Pgpu"), outcome.err());
  }

  @Test
  void aGpuThatTheDriverDoesNotListIsRefusedAtOnce() throws Exception {
    Path tool = folder.resolve("nvidia-smi");
    Files.writeString(tool, "#!/bin/sh\necho '0, GPU-1, NVIDIA T4, 15360 MiB, 550.1'\n");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    ProcessBuilder serve = Distribution.command("serve", "--port", "0", "--devices", "cuda:4");
    serve.environment().merge("PATH", folder.toString(), (path, mine) -> mine + ":" + path);
    Distribution.Outcome outcome = Distribution.run(serve);
    assertEquals(2, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains("cuda:0 (NVIDIA T4, 15360 MiB)"), outcome.err());
  }

  @Test
  void autoServesOnCpusWithThisDistribution() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, "--devices", "auto")) {
      assertEquals(
          Set.of("cpu"),
          gateway.workers().stream().map(Worker::getDevice).collect(Collectors.toSet()));
      assertTrue(gateway.log().contains("auto takes"), gateway.log());
    }
  }

  @Test
  void cpuWorkersHaveProcessorsOfTheirOwn() throws Exception {
    assumeTrue(Runtime.getRuntime().availableProcessors() >= 2, "There is one processor.");
    Requires.succeeds("Binding to processors needs taskset", List.of("taskset", "--version"));
    try (GatewayProcess gateway = GatewayProcess.start(folder, "--devices", "cpu:2")) {
      List<String> bound =
          gateway.workers().stream().map(worker -> allowed(worker.getPid())).toList();
      assertEquals(2, Set.copyOf(bound).size(), bound.toString());
    }
  }

  private static String allowed(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("Cpus_allowed_list"))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
