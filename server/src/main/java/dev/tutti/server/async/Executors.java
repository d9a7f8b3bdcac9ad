package dev.tutti.server.async;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Named executors with a fixed number of daemon threads and bounded queues. A thread that dies of a
 * task's exception is told of: nothing here may end unseen.
 */
public final class Executors {
  private final Thread.UncaughtExceptionHandler onDeath;

  /**
   * @param onDeath hears of each thread that dies
   */
  public Executors(Thread.UncaughtExceptionHandler onDeath) {
    this.onDeath = onDeath;
  }

  /** Refuses what does not fit into its queue with a {@code RejectedExecutionException}. */
  public ExecutorService refusing(String name, int threads, int queue) {
    return fixed(name, threads, queue, new ThreadPoolExecutor.AbortPolicy());
  }

  /**
   * Lets whoever hands in what does not fit run it: a network thread that does so reads nothing
   * more, which slows its clients down.
   */
  public ExecutorService slowing(String name, int threads, int queue) {
    return fixed(name, threads, queue, new ThreadPoolExecutor.CallerRunsPolicy());
  }

  public ScheduledExecutorService scheduler(String name) {
    ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, factory(name));
    scheduler.setRemoveOnCancelPolicy(true);
    return scheduler;
  }

  private ExecutorService fixed(
      String name, int threads, int queue, RejectedExecutionHandler refusal) {
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(queue),
        factory(name),
        refusal);
  }

  private ThreadFactory factory(String name) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.getAndIncrement());
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler(onDeath);
      return thread;
    };
  }
}
