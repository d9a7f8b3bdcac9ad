package dev.tutti.server.classify;

import dev.tutti.server.batching.Lane;
import dev.tutti.server.error.OverloadedException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A bounded pool for signal processing in which interactive work overtakes batch work. */
public final class SignalPool implements AutoCloseable {
  private final ThreadPoolExecutor executor;
  private final int queueCapacity;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong sequence = new AtomicLong();

  public SignalPool(SignalConfig config) {
    AtomicInteger number = new AtomicInteger();
    this.queueCapacity = config.queueCapacity();
    this.executor =
        new ThreadPoolExecutor(
            config.threads(),
            config.threads(),
            0,
            TimeUnit.SECONDS,
            new PriorityBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "signal-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Runs work on the pool.
   *
   * @return its outcome; or {@link OverloadedException} at once when too much waits. Cancelling it
   *     before it begins spares the work.
   */
  public <T> CompletableFuture<T> submit(Lane lane, Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    if (waiting.incrementAndGet() > queueCapacity) {
      waiting.decrementAndGet();
      result.completeExceptionally(
          new OverloadedException(
              queueCapacity + " clips wait already; no more are accepted for now.",
              Duration.ofMillis(100)));
      return result;
    }
    executor.execute(new Task<>(lane, sequence.getAndIncrement(), work, result, waiting));
    return result;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private record Task<T>(
      Lane lane, long number, Callable<T> work, CompletableFuture<T> result, AtomicInteger waiting)
      implements Runnable, Comparable<Task<?>> {
    @Override
    public void run() {
      waiting.decrementAndGet();
      if (result.isDone()) {
        return;
      }
      try {
        result.complete(work.call());
      } catch (Exception | StackOverflowError | OutOfMemoryError e) {
        result.completeExceptionally(e);
      }
    }

    @Override
    public int compareTo(Task<?> other) {
      int byLane = lane.compareTo(other.lane);
      return byLane != 0 ? byLane : Long.compare(number, other.number);
    }
  }
}
