package dev.tutti.worker.grpc;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where batches run: one thread, because one session run uses all cores that the worker has, behind
 * a short queue. Refuses with {@link RejectedExecutionException} when the queue is full, and with
 * {@link DrainingException} once it finishes.
 */
final class InferenceExecutor implements Executor {
  private final ThreadPoolExecutor pool;

  /**
   * An executor with one thread.
   *
   * @param queuedBatches that may wait
   */
  InferenceExecutor(int queuedBatches) {
    pool =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queuedBatches),
            task -> new Thread(task, "inference"),
            (task, executor) -> {
              throw executor.isShutdown()
                  ? new DrainingException()
                  : new RejectedExecutionException(
                      "the worker has " + queuedBatches + " batches queued");
            });
  }

  @Override
  public void execute(Runnable task) {
    pool.execute(task);
  }

  /**
   * Takes no more and waits for what runs and what is queued.
   *
   * @return whether all was done within the patience; if not, what is queued is dropped
   */
  boolean finish(Duration patience) throws InterruptedException {
    pool.shutdown();
    boolean done = pool.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
    pool.shutdownNow();
    return done;
  }
}
