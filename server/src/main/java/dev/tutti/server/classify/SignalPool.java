package dev.tutti.server.classify;

import dev.tutti.server.batching.Lane;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bounded pool for signal processing in which interactive work overtakes batch work, and each
 * lane has a limit of its own.
 */
public final class SignalPool implements AutoCloseable {
  private final ThreadPoolExecutor executor;
  private final int queueCapacity;
  private final Map<Lane, AtomicInteger> waiting = new EnumMap<>(Lane.class);
  private final AtomicLong sequence = new AtomicLong();

  public SignalPool(SignalConfig config) {
    AtomicInteger number = new AtomicInteger();
    this.queueCapacity = config.queueCapacity();
    for (Lane lane : Lane.values()) {
      waiting.put(lane, new AtomicInteger());
    }
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
    AtomicInteger inLane = waiting.get(lane);
    if (inLane.incrementAndGet() > queueCapacity) {
      inLane.decrementAndGet();
      result.completeExceptionally(
          new OverloadedException(
              queueCapacity + " clips wait already; no more are accepted for now.",
              Duration.ofMillis(100)));
      return result;
    }
    Task<T> task = new Task<>(lane, sequence.getAndIncrement(), work, result, inLane);
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      task.refuse();
    }
    return result;
  }

  /** Fails what waits; what runs is left to finish. */
  @Override
  public void close() {
    executor.shutdown();
    List<Runnable> dropped = new ArrayList<>();
    executor.getQueue().drainTo(dropped);
    dropped.forEach(task -> ((Task<?>) task).refuse());
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

    void refuse() {
      result.completeExceptionally(new UnavailableException("The gateway is stopping."));
    }

    @Override
    public int compareTo(Task<?> other) {
      int byLane = lane.compareTo(other.lane);
      return byLane != 0 ? byLane : Long.compare(number, other.number);
    }
  }
}
