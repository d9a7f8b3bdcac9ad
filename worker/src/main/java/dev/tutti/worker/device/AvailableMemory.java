package dev.tutti.worker.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * How many bytes this process may still take without swapping: what the machine has left, or the
 * control group of this process or of one above it, whichever is less. Pages of files that nobody
 * uses count as left. Knows Linux, with control groups of version 1 and 2.
 */
public final class AvailableMemory {
  private static final int KIBIBYTE = 1024;

  private final Path root;

  private AvailableMemory(Path root) {
    this.root = root;
  }

  /** The bytes left on this machine; empty where the system does not say it. */
  public static OptionalLong ofThisMachine() {
    return read(Path.of("/"));
  }

  /** The same for a file system whose {@code /proc} and {@code /sys} lie below this folder. */
  static OptionalLong read(Path root) {
    AvailableMemory memory = new AvailableMemory(root);
    return LongStream.concat(memory.ofMachine().stream(), memory.ofGroups()).min();
  }

  private OptionalLong ofMachine() {
    OptionalLong kibibytes = keyed(root.resolve("proc/meminfo"), "MemAvailable:");
    return kibibytes.isPresent()
        ? OptionalLong.of(kibibytes.getAsLong() * KIBIBYTE)
        : OptionalLong.empty();
  }

  /** Of every control group that limits this process. */
  private LongStream ofGroups() {
    List<Long> left = new ArrayList<>();
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] parts = line.split(":", 3); // number:controllers:path
      if (parts.length == 3 && parts[1].isEmpty()) {
        addLeft(root.resolve("sys/fs/cgroup"), parts[2], true, left);
      } else if (parts.length == 3 && List.of(parts[1].split(",")).contains("memory")) {
        addLeft(root.resolve("sys/fs/cgroup/memory"), parts[2], false, left);
      }
    }
    return left.stream().mapToLong(Long::longValue);
  }

  /** A container may not see the folders on the way to its own group; then the mount has it. */
  private static void addLeft(Path mount, String group, boolean unified, List<Long> left) {
    Path folder = mount.resolve(group.replaceFirst("^/+", "")).normalize();
    while (folder.startsWith(mount)) {
      OptionalLong limit = number(folder, unified ? "memory.max" : "memory.limit_in_bytes");
      OptionalLong used = number(folder, unified ? "memory.current" : "memory.usage_in_bytes");
      if (limit.isPresent() && used.isPresent()) {
        String files = unified ? "inactive_file" : "total_inactive_file";
        long reclaimable = keyed(folder.resolve("memory.stat"), files).orElse(0);
        left.add(Math.max(0, limit.getAsLong() - used.getAsLong() + reclaimable));
      }
      folder = folder.getParent();
    }
  }

  /** The only number of a file; empty for the word "max". */
  private static OptionalLong number(Path folder, String name) {
    return lines(folder.resolve(name)).stream()
        .filter(line -> line.matches("\\d{1,18}|\\d{19}"))
        .mapToLong(AvailableMemory::clamped)
        .findFirst();
  }

  /** The number behind a key at the start of a line. */
  private static OptionalLong keyed(Path file, String key) {
    return lines(file).stream()
        .map(line -> line.trim().split("\\s+"))
        .filter(words -> words.length >= 2 && words[0].equals(key) && words[1].matches("\\d{1,15}"))
        .mapToLong(words -> Long.parseLong(words[1]))
        .findFirst();
  }

  /** Version 1 writes "no limit" as a number near the largest. */
  private static long clamped(String digits) {
    return digits.length() < Long.toString(Long.MAX_VALUE).length()
        ? Long.parseLong(digits)
        : Long.MAX_VALUE / 2;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
