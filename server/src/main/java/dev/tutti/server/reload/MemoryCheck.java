package dev.tutti.server.reload;

import dev.tutti.server.error.FailedPreconditionException;
import java.util.Collection;
import java.util.OptionalLong;

/**
 * Whether a second set of workers fits next to the first. What they will need is not known before
 * they are loaded; what those that serve use is the estimate.
 */
final class MemoryCheck {
  private final MemoryGauge gauge;
  private final double factor;

  /**
   * @param factor of what is used that has to be free; zero for no check
   */
  MemoryCheck(MemoryGauge gauge, double factor) {
    this.gauge = gauge;
    this.factor = factor;
  }

  /**
   * Returns if there is room, or if the system does not say.
   *
   * @param pids of the workers that serve
   * @throws FailedPreconditionException if there is not enough room
   */
  void require(Collection<Long> pids) {
    OptionalLong available = gauge.availableBytes();
    long used = pids.stream().mapToLong(pid -> gauge.residentBytes(pid).orElse(0)).sum();
    double needed = used * factor;
    if (available.isPresent() && needed > available.getAsLong()) {
      throw new FailedPreconditionException(
          "A reload needs about %d MiB besides the models being served, and %d MiB are free. Free some, or lower the setting models.reload-memory, now %s."
              .formatted((long) needed >> 20, available.getAsLong() >> 20, factor));
    }
  }
}
