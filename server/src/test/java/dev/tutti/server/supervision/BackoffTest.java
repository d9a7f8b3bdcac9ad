package dev.tutti.server.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffTest {
  @Property
  void everyWaitLiesInTheUpperHalfOfItsLimit(
      @ForAll @LongRange(min = 1, max = 60_000) long initialMillis,
      @ForAll @LongRange(min = 0, max = 3_600_000) long moreMillis,
      @ForAll @IntRange(min = 1, max = 5000) int failures,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double random) {
    Duration initial = Duration.ofMillis(initialMillis);
    Duration max = initial.plusMillis(moreMillis);
    Duration delay = new Backoff(initial, max, () -> random).delay(failures);
    double limit =
        Math.min((double) initialMillis * Math.pow(2, failures - 1), (double) max.toMillis()) * 1e6;
    assertTrue((double) delay.toNanos() >= limit / 2 - 1, () -> delay + " is too short");
    assertTrue((double) delay.toNanos() <= limit, () -> delay + " is too long");
  }

  @Property
  void moreFailuresNeverWaitLess(@ForAll @IntRange(min = 1, max = 100) int failures) {
    Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), () -> 0.5);
    assertTrue(backoff.delay(failures + 1).compareTo(backoff.delay(failures)) >= 0);
    assertEquals(Duration.ofMillis(7500), backoff.delay(100));
  }
}
