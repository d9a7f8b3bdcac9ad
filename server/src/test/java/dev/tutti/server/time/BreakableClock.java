package dev.tutti.server.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;

/** A clock that fails when it is told to: a fault that no code under test expects. */
public final class BreakableClock extends Clock {
  private final Clock clock;
  private final AtomicInteger readings = new AtomicInteger(Integer.MAX_VALUE);

  /** A clock that goes as another. */
  public BreakableClock(Clock clock) {
    this.clock = clock;
  }

  /** It can be read so many times more. */
  public void breakAfter(int count) {
    readings.set(count);
  }

  @Override
  public Instant instant() {
    if (readings.getAndDecrement() <= 0) {
      throw new IllegalStateException("the clock is broken");
    }
    return clock.instant();
  }

  @Override
  public ZoneId getZone() {
    return clock.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new BreakableClock(clock.withZone(zone));
  }
}
