package dev.tutti.server.supervision;

import io.grpc.SynchronizationContext;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What supervision needs of the outside world; all of it is replaced in tests.
 *
 * @param nanoClock monotonic nanoseconds
 * @param random uniform in [0, 1)
 */
public record SupervisionContext(
    ProcessLauncher launcher,
    WorkerProbe.Factory probes,
    ScheduledExecutorService scheduler,
    Clock clock,
    LongSupplier nanoClock,
    DoubleSupplier random) {

  void later(SynchronizationContext context, Duration delay, Runnable task) {
    context.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS, scheduler);
  }
}
