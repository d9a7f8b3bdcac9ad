package dev.tutti.worker.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailableMemoryTest {
  @TempDir private Path root;

  @Test
  void withoutGroupsItIsWhatTheMachineHasLeft() throws IOException {
    assertEquals(OptionalLong.empty(), AvailableMemory.read(root));
    machineHas(1000);
    assertLeft(1000 * 1024);
  }

  @Test
  void theTightestGroupOnTheWayUpDecides() throws IOException {
    machineHas(1_000_000);
    write("proc/self/cgroup", "0::/pod/worker");
    write("sys/fs/cgroup/pod/memory.max", "90000");
    write("sys/fs/cgroup/pod/memory.current", "50000");
    write("sys/fs/cgroup/pod/memory.stat", "anon 40000\ninactive_file 3000\nactive_file 7000");
    write("sys/fs/cgroup/pod/worker/memory.max", "max");
    write("sys/fs/cgroup/pod/worker/memory.current", "50000");
    assertLeft(43_000);
    write("sys/fs/cgroup/pod/worker/memory.max", "60000");
    assertLeft(10_000);
    write("sys/fs/cgroup/pod/worker/memory.current", "70000");
    assertLeft(0);
  }

  @Test
  void aContainerSeesItsOwnGroupAsTheMount() throws IOException {
    machineHas(1_000_000);
    write("proc/self/cgroup", "0::/../../elsewhere");
    write("sys/fs/cgroup/memory.max", "5000");
    write("sys/fs/cgroup/memory.current", "1000");
    assertLeft(1_024_000_000);
    write("proc/self/cgroup", "0::/system.slice/docker-1.scope");
    assertLeft(4000);
  }

  @Test
  void versionOne() throws IOException {
    machineHas(1_000_000);
    write("proc/self/cgroup", "9:name=systemd:/\n4:cpu,memory:/api\n0::/");
    write("sys/fs/cgroup/memory/api/memory.limit_in_bytes", "8000");
    write("sys/fs/cgroup/memory/api/memory.usage_in_bytes", "6000");
    write("sys/fs/cgroup/memory/api/memory.stat", "inactive_file 1\ntotal_inactive_file 500");
    assertLeft(2500);
    write("sys/fs/cgroup/memory/api/memory.limit_in_bytes", "9223372036854771712");
    assertLeft(1_024_000_000);
  }

  @Test
  void thisMachineHasSome() {
    assertTrue(AvailableMemory.ofThisMachine().orElse(1) > 0);
  }

  private void machineHas(int kibibytes) throws IOException {
    write("proc/meminfo", "MemTotal: 9000000 kB\nMemAvailable:   %d kB\n".formatted(kibibytes));
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }

  private void assertLeft(long bytes) {
    assertEquals(OptionalLong.of(bytes), AvailableMemory.read(root));
  }
}
