package dev.tutti.server.supervision;

import io.grpc.SynchronizationContext;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** At most one task that waits for its time; it runs on the serial context it belongs to. */
final class SerialTimer {
  private final SynchronizationContext context;
  private final ScheduledExecutorService scheduler;
  private SynchronizationContext.ScheduledHandle waiting;

  SerialTimer(SynchronizationContext context, ScheduledExecutorService scheduler) {
    this.context = context;
    this.scheduler = scheduler;
  }

  /** Replaces the task that waits. */
  void set(Duration delay, Runnable task) {
    cancel();
    waiting = context.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS, scheduler);
  }

  void cancel() {
    if (waiting != null) {
      waiting.cancel();
      waiting = null;
    }
  }
}
