package dev.tutti.server.supervision.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OomKillsTest {
  @TempDir Path root;

  @Test
  void eachKillOfAGroupOfVersionTwoIsClaimedOnce() throws IOException {
    write("proc/7/cgroup", "0::/app\n");
    write("sys/fs/cgroup/app/memory.events", "low 0\noom 4\noom_kill 3\n");
    OomKills kills = new OomKills(root);
    Path counter = kills.watch(7).orElseThrow();
    assertFalse(kills.claim(counter));
    write("sys/fs/cgroup/app/memory.events", "low 0\noom 6\noom_kill 5\n");
    assertEquals(counter, kills.watch(7).orElseThrow());
    assertTrue(kills.claim(counter));
    assertTrue(kills.claim(counter));
    assertFalse(kills.claim(counter));
  }

  @Test
  void groupsOfVersionOneCountElsewhere() throws IOException {
    write("proc/7/cgroup", "9:name=systemd:/\n4:cpu,memory:/api\n0::/\n");
    write("sys/fs/cgroup/memory/api/memory.oom_control", "under_oom 0\noom_kill 0\n");
    OomKills kills = new OomKills(root);
    Path counter = kills.watch(7).orElseThrow();
    write("sys/fs/cgroup/memory/api/memory.oom_control", "under_oom 0\noom_kill 1\n");
    assertTrue(kills.claim(counter));
  }

  @Test
  void aContainerThatSeesOnlyItsOwnGroupHasItAtTheMount() throws IOException {
    write("proc/7/cgroup", "0::/docker/1234\n");
    write("sys/fs/cgroup/memory.events", "oom_kill 0\n");
    assertEquals(
        Optional.of(root.resolve("sys/fs/cgroup/memory.events")), new OomKills(root).watch(7));
  }

  @Test
  void theGroupOfTheWholeMachineIsCountedWithTheMachine() throws IOException {
    write("proc/7/cgroup", "0::/\n");
    write("proc/vmstat", "nr_free_pages 1\noom_kill 0\n");
    assertEquals(Optional.of(root.resolve("proc/vmstat")), new OomKills(root).watch(7));
  }

  @Test
  void aSystemThatDoesNotCountSaysNothing() {
    assertEquals(Optional.empty(), new OomKills(root).watch(7));
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }
}
