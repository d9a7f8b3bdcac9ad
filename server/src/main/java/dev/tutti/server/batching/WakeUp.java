package dev.tutti.server.batching;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One wake-up at a time: the earliest of those that were asked for since the last one. */
final class WakeUp {
  private static final Logger log = LoggerFactory.getLogger(WakeUp.class);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(250);

  private final ScheduledExecutorService scheduler;
  private final LongSupplier nanoClock;
  private final Runnable action;

  /** The wake-up to come; null when there is none. */
  private Future<?> pending;

  private long dueNanos;

  WakeUp(ScheduledExecutorService scheduler, LongSupplier nanoClock, Runnable action) {
    this.scheduler = scheduler;
    this.nanoClock = nanoClock;
    this.action = action;
  }

  /** Asks for a wake-up within this time; one that comes sooner is enough. */
  synchronized void within(Duration delay) {
    long due = nanoClock.getAsLong() + delay.toNanos();
    if (pending != null && dueNanos - due <= 0) {
      return;
    }
    cancel();
    dueNanos = due;
    pending = scheduler.schedule(() -> fire(due), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** There is no wake-up to come. */
  synchronized void cancel() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }

  private void fire(long due) {
    synchronized (this) {
      if (pending != null && dueNanos == due) {
        pending = null;
      }
    }
    try {
      action.run();
    } catch (Throwable e) {
      log.error("A wake-up failed; the next one comes all the same", e);
      within(AFTER_FAILURE);
    }
  }
}
