package dev.tutti.worker.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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

  /** The name of this machine's processor; the architecture where the system does not say it. */
  public static String modelName() {
    return first(Path.of("/proc/cpuinfo"), "model name")
        .orElseGet(() -> System.getProperty("os.arch"));
  }

  /** The flags of the first processor in a file like {@code /proc/cpuinfo}. */
  static CpuFeatures read(Path cpuinfo) {
    return new CpuFeatures(
        first(cpuinfo, "flags")
            .map(flags -> Set.copyOf(List.of(flags.split("\\s+"))))
            .orElse(Set.of()));
  }

  private static Optional<String> first(Path cpuinfo, String key) {
    try {
      return Files.readAllLines(cpuinfo).stream()
          .filter(line -> line.startsWith(key))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a register holds sixteen float32 numbers. */
  public boolean hasAvx512() {
    return flags.contains("avx512f");
  }

  /** Whether products of bfloat16 numbers are faster than those of float32. */
  public boolean multipliesBfloat16() {
    return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
  }
}
