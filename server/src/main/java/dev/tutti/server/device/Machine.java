package dev.tutti.server.device;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to compute on.
 *
 * @param cores how many may be busy at once, which a container may limit
 * @param cpus the numbers of the processors allowed, ascending; empty when not known
 * @param taskset the program that binds another to processors, where there is one
 */
public record Machine(int cores, List<Integer> cpus, Optional<Path> taskset, CudaGpus cuda) {
  /** This machine. */
  public static Machine here(Map<String, String> environment, CudaGpus cuda) {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        Cpus.allowed(),
        Programs.find("taskset", environment),
        cuda);
  }
}
