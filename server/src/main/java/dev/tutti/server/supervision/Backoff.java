package dev.tutti.server.supervision;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Exponential back-off with jitter: the wait doubles with every failure up to a maximum, and each
 * is drawn from its upper half so that workers which fell together do not rise together.
 */
final class Backoff {
  private final Duration initial;
  private final Duration max;
  private final DoubleSupplier random;

  /**
   * @param random uniform in [0, 1)
   */
  Backoff(Duration initial, Duration max, DoubleSupplier random) {
    this.initial = initial;
    this.max = max;
    this.random = random;
  }

  /**
   * @param failures failures so far, from 1
   */
  Duration delay(int failures) {
    double doubled = (double) initial.toNanos() * Math.pow(2, failures - 1.0);
    double limit = Math.min(doubled, (double) max.toNanos());
    return Duration.ofNanos((long) (limit * (0.5 + 0.5 * random.getAsDouble())));
  }
}
