package dev.tutti.worker.training.data;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Makes batches ahead on a thread of its own, in order. */
public final class BatchQueue implements AutoCloseable {
  private static final int AHEAD = 12;

  private final BlockingQueue<TrainingBatch> made = new ArrayBlockingQueue<>(AHEAD);
  private final BlockingQueue<TrainingBatch> free = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private volatile Throwable failure;

  /**
   * Starts.
   *
   * @param first number of the first batch
   * @param empty makes a batch to be filled
   */
  public BatchQueue(BatchSource source, long first, Supplier<TrainingBatch> empty) {
    for (int i = 0; i < AHEAD; i++) {
      free.add(empty.get());
    }
    thread = new Thread(() -> make(source, first), "mixtures");
    thread.setDaemon(true);
    thread.start();
  }

  private void make(BatchSource source, long first) {
    try {
      for (long number = first; ; number++) {
        TrainingBatch batch = free.take();
        source.fill(number, batch);
        made.put(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      failure = e; // Whoever takes the next batch must not wait for ever, whatever it was.
    }
  }

  /** The next batch, to be given back when used. */
  public TrainingBatch take() throws InterruptedException {
    TrainingBatch batch = null;
    while (batch == null) {
      batch = made.poll(1, TimeUnit.SECONDS);
      if (batch == null && failure != null) {
        throw new IllegalStateException("mixtures cannot be made", failure);
      }
    }
    return batch;
  }

  public void giveBack(TrainingBatch batch) {
    free.add(batch);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
