package dev.tutti.server.reload;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.error.FailedPreconditionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcMemoryTest {
  @TempDir Path root;

  @Test
  void theSmallerOfMachineAndContainerCounts() throws IOException {
    write("proc/meminfo", "MemTotal: 9000 kB\nMemAvailable:   4000 kB\n");
    assertEquals(OptionalLong.of(4000 << 10), memory().availableBytes());
    write("sys/fs/cgroup/memory.max", "max\n");
    write("sys/fs/cgroup/memory.current", "5000000\n");
    assertEquals(OptionalLong.of(4000 << 10), memory().availableBytes());
    write("sys/fs/cgroup/memory.max", "6000000\n");
    write("sys/fs/cgroup/memory.stat", "anon 7\ninactive_file 200000\n");
    assertEquals(OptionalLong.of(1_200_000), memory().availableBytes());
  }

  @Test
  void whatTheSystemDoesNotSayIsNotKnown() {
    assertEquals(OptionalLong.empty(), memory().availableBytes());
    assertEquals(OptionalLong.empty(), memory().residentBytes(7));
    assertTrue(
        new ProcMemory(Path.of("/")).residentBytes(ProcessHandle.current().pid()).isPresent());
  }

  @Test
  void aReloadNeedsRoomForASecondSetOfWorkers() throws IOException {
    write("proc/meminfo", "MemAvailable: 102400 kB\n");
    write("proc/7/status", "VmRSS:  61440 kB\n");
    write("proc/8/status", "VmRSS:  61440 kB\n");
    MemoryCheck check = new MemoryCheck(memory(), 1);
    assertDoesNotThrow(() -> check.require(List.of(7L)));
    assertDoesNotThrow(() -> check.require(List.of(7L, 999L)));
    String message =
        assertThrows(FailedPreconditionException.class, () -> check.require(List.of(7L, 8L)))
            .getMessage();
    assertTrue(message.contains("about 120 MiB"), message);
    assertTrue(message.contains("100 MiB are free"), message);
    assertDoesNotThrow(() -> new MemoryCheck(memory(), 0).require(List.of(7L, 8L)));
  }

  private ProcMemory memory() {
    return new ProcMemory(root);
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }
}
