package dev.tutti.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a gateway needs so that a sample always gets the same answer to the bit. Where the processor
 * has no AVX-512, the size of a batch shows in the last bits of its answers: there, each sample is
 * a batch of its own.
 */
final class EqualBits {
  private EqualBits() {}

  /** Options of {@code tutti serve}. */
  static List<String> options() throws IOException {
    boolean inAnyBatch = Files.readString(Path.of("/proc/cpuinfo")).contains("avx512f");
    return inAnyBatch ? List.of() : List.of("--set", "batching.max-batch-size=1");
  }
}
