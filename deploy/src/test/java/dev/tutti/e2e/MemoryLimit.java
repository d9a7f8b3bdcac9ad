package dev.tutti.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A control group of Linux that ends a process which takes more memory than allowed, where this
 * user may make one. What a process took before it was put there does not count.
 */
final class MemoryLimit implements AutoCloseable {
  /** Where version 1 keeps those of memory, and version 2 all; the names of their files. */
  private record Hierarchy(String root, String limit, String peak) {}

  private static final List<Hierarchy> HIERARCHIES =
      List.of(
          new Hierarchy(
              "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.max_usage_in_bytes"),
          new Hierarchy("/sys/fs/cgroup", "memory.max", "memory.peak"));

  private final Path group;
  private final Hierarchy hierarchy;

  private MemoryLimit(Path group, Hierarchy hierarchy) {
    this.group = group;
    this.hierarchy = hierarchy;
  }

  /** Limits a process to so many MiB more than it has; where that cannot be, says so. */
  static MemoryLimit on(long pid, long mebibytes) throws IOException {
    for (Hierarchy hierarchy : HIERARCHIES) {
      Path group = Path.of(hierarchy.root, "tutti-footprint-" + pid);
      try {
        Files.createDirectory(group);
      } catch (IOException e) {
        continue;
      }
      if (Files.exists(group.resolve(hierarchy.limit))) {
        Files.writeString(group.resolve(hierarchy.limit), String.valueOf(mebibytes << 20));
        Files.writeString(group.resolve("cgroup.procs"), String.valueOf(pid));
        return new MemoryLimit(group, hierarchy);
      }
      Files.delete(group);
    }
    System.out.println("SKIPPED: no control group can be made here; memory is only measured");
    return new MemoryLimit(null, null);
  }

  /** Lets the processes go. */
  @Override
  public void close() throws IOException {
    if (group != null) {
      for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
        Files.writeString(Path.of(hierarchy.root, "cgroup.procs"), pid);
      }
      Files.delete(group);
    }
  }

  @Override
  public String toString() {
    if (group == null) {
      return "without a control group";
    }
    try {
      String peak = Files.readString(group.resolve(hierarchy.peak)).strip();
      String limit = Files.readString(group.resolve(hierarchy.limit)).strip();
      return "control group of %d MiB, of which %d were taken"
          .formatted(Long.parseLong(limit) >> 20, Long.parseLong(peak) >> 20);
    } catch (IOException e) {
      return "control group " + e.getMessage();
    }
  }
}
