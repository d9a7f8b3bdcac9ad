package dev.tutti.worker.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this machine's processor can do.
 *
 * @param flags as Linux names them
 */
public record CpuFeatures(Set<String> flags) {
  public CpuFeatures {
    flags = Set.copyOf(flags);
  }

  /** The flags of this machine; none where the system does not list them. */
  public static CpuFeatures ofThisMachine() {
    return read(Path.of("/proc/cpuinfo"));
  }

  /** The flags of the first processor in a file like {@code /proc/cpuinfo}. */
  static CpuFeatures read(Path cpuinfo) {
    try {
      return new CpuFeatures(
          Files.readAllLines(cpuinfo).stream()
              .filter(line -> line.startsWith("flags"))
              .findFirst()
              .map(line -> line.substring(line.indexOf(':') + 1).strip().split("\\s+"))
              .map(names -> Arrays.stream(names).collect(Collectors.toSet()))
              .orElse(Set.of()));
    } catch (IOException e) {
      return new CpuFeatures(Set.of());
    }
  }

  /** Whether products of bfloat16 numbers are faster than those of float32. */
  public boolean multipliesBfloat16() {
    return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
  }
}
