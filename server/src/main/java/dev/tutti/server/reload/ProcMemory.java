package dev.tutti.server.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** Linux's {@code /proc}, and the limit of the control group that a container sets. */
public final class ProcMemory implements MemoryGauge {
  private final Path root;

  /**
   * @param root the folder that holds {@code proc} and {@code sys}
   */
  public ProcMemory(Path root) {
    this.root = root;
  }

  @Override
  public OptionalLong availableBytes() {
    OptionalLong machine = kilobytes(root.resolve("proc/meminfo"), "MemAvailable:");
    OptionalLong group = leftInGroup();
    if (machine.isEmpty() || group.isEmpty()) {
      return machine.isPresent() ? machine : group;
    }
    return OptionalLong.of(Math.min(machine.getAsLong(), group.getAsLong()));
  }

  @Override
  public OptionalLong residentBytes(long pid) {
    return kilobytes(root.resolve("proc").resolve(String.valueOf(pid)).resolve("status"), "VmRSS:");
  }

  /** The limit less what is used; cached files that nobody uses do not count, they give way. */
  private OptionalLong leftInGroup() {
    Path group = root.resolve("sys/fs/cgroup");
    OptionalLong limit = number(group.resolve("memory.max"), "");
    OptionalLong used = number(group.resolve("memory.current"), "");
    if (limit.isEmpty() || used.isEmpty()) {
      return OptionalLong.empty();
    }
    long cached = number(group.resolve("memory.stat"), "inactive_file ").orElse(0);
    return OptionalLong.of(Math.max(0, limit.getAsLong() - used.getAsLong() + cached));
  }

  private static OptionalLong kilobytes(Path file, String key) {
    OptionalLong value = number(file, key);
    return value.isPresent() ? OptionalLong.of(value.getAsLong() << 10) : value;
  }

  /** The number behind a key at the beginning of a line; nothing for any other text. */
  private static OptionalLong number(Path file, String key) {
    for (String line : lines(file)) {
      if (line.startsWith(key)) {
        String digits = line.substring(key.length()).replace("kB", "").strip();
        return digits.matches("\\d{1,17}")
            ? OptionalLong.of(Long.parseLong(digits))
            : OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      // A process that has just ended, or a kernel that keeps it to itself.
      return List.of();
    }
  }
}
