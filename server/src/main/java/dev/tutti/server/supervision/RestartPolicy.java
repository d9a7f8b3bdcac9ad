package dev.tutti.server.supervision;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** Whether a worker that ended unasked is started again, and after what wait. */
final class RestartPolicy {
  private final int maxFailures;
  private final Backoff backoff;

  /** Ends in a row, which make the waits longer. */
  private int ends;

  /** Those of them by the worker's own fault, which in the end make us give up. */
  private int failures;

  /**
   * @param random uniform in [0, 1)
   */
  RestartPolicy(SupervisionConfig config, DoubleSupplier random) {
    this.maxFailures = config.maxFailures();
    this.backoff = new Backoff(config.backoffInitial(), config.backoffMax(), random);
  }

  /** Forgets what was. */
  void reset() {
    ends = 0;
    failures = 0;
  }

  /**
   * What to do after an end.
   *
   * @param permanent whether it said that it can never start as it was asked to
   * @param served whether the worker had been ready
   * @return how long to wait; nothing when it is to be given up
   */
  Optional<Duration> after(WorkerEnd end, boolean permanent, boolean served) {
    ends++;
    if (end.ownFault()) {
      failures++;
    } else if (served) {
      // Being ended while it served is no sign of trouble: wait as after a first failure.
      ends = 1;
    }
    return (permanent && !served) || failures >= maxFailures
        ? Optional.empty()
        : Optional.of(backoff.delay(ends));
  }
}
