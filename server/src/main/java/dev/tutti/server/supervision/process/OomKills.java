package dev.tutti.server.supervision.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Processes that the kernel killed for lack of memory. It counts them for each control group, of
 * version 1 or 2, and for the whole machine; it does not say which they were. So a process that was
 * killed by an unknown hand claims a kill that no other has claimed. Safe for several threads.
 */
final class OomKills {
  private static final String KEY = "oom_kill ";

  private final Path root;

  /** What each counter stood at, and what was claimed since. */
  private final Map<Path, Long> claimed = new HashMap<>();

  /**
   * @param root the folder that holds {@code proc} and {@code sys}
   */
  OomKills(Path root) {
    this.root = root;
  }

  /** Watches the group of a process that runs; nothing where the system does not count. */
  synchronized Optional<Path> watch(long pid) {
    Optional<Path> counter = counter(pid);
    counter.ifPresent(file -> claimed.computeIfAbsent(file, it -> read(it).orElse(0)));
    return counter;
  }

  /**
   * Whether a process of a watched group that was killed just now was killed for lack of memory.
   */
  synchronized boolean claim(Path counter) {
    long known = claimed.getOrDefault(counter, 0L);
    if (read(counter).orElse(0) <= known) {
      return false;
    }
    claimed.put(counter, known + 1);
    return true;
  }

  private Optional<Path> counter(long pid) {
    Path groups = root.resolve("sys/fs/cgroup");
    Optional<Path> found = Optional.empty();
    for (String line : lines(root.resolve("proc/" + pid + "/cgroup"))) {
      String[] parts = line.split(":", 3); // number:controllers:path
      if (found.isEmpty() && parts.length == 3 && parts[1].isEmpty()) {
        found = inGroup(groups, parts[2], "memory.events");
      } else if (found.isEmpty() && parts.length == 3 && parts[1].matches("(.*,)?memory(,.*)?")) {
        found = inGroup(groups.resolve("memory"), parts[2], "memory.oom_control");
      }
    }
    return found.isPresent()
        ? found
        : Optional.of(root.resolve("proc/vmstat")).filter(file -> read(file).isPresent());
  }

  /** A container may not see the folders on the way to its own group; then the mount has it. */
  private static Optional<Path> inGroup(Path mount, String group, String file) {
    Path own = mount.resolve(group.replaceFirst("^/+", "")).normalize().resolve(file);
    return List.of(own, mount.resolve(file)).stream()
        .filter(each -> read(each).isPresent())
        .findFirst();
  }

  private static OptionalLong read(Path file) {
    return lines(file).stream()
        .filter(line -> line.matches(KEY + "\\d{1,18}"))
        .mapToLong(line -> Long.parseLong(line.substring(KEY.length())))
        .findFirst();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
