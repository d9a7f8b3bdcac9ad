package dev.tutti.server.evaluate;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What becomes of a call whose client does nothing.
 *
 * @param scheduler runs short tasks
 * @param grace after which it gives up its place
 * @param timeout after which it ends
 */
public record Idling(
    ScheduledExecutorService scheduler, LongSupplier nanoClock, Duration grace, Duration timeout) {
  ScheduledFuture<?> after(long nanos, Runnable task) {
    return scheduler.schedule(task, nanos, TimeUnit.NANOSECONDS);
  }
}
