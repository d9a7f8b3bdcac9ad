package dev.tutti.worker.training;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** Makes batches ahead on a thread of its own, in order. */
final class BatchQueue implements AutoCloseable {
  private static final int AHEAD = 12;

  private final BlockingQueue<TrainingBatch> made = new ArrayBlockingQueue<>(AHEAD);
  private final BlockingQueue<TrainingBatch> free = new ArrayBlockingQueue<>(AHEAD);
  private final Thread thread;
  private volatile RuntimeException failure;

  /**
   * Starts.
   *
   * @param first number of the first batch
   */
  BatchQueue(MixtureStream stream, long first, int batchSize, int families) {
    for (int i = 0; i < AHEAD; i++) {
      free.add(new TrainingBatch(batchSize, families));
    }
    thread = new Thread(() -> make(stream, first), "mixtures");
    thread.setDaemon(true);
    thread.start();
  }

  private void make(MixtureStream stream, long first) {
    try {
      for (long number = first; ; number++) {
        TrainingBatch batch = free.take();
        stream.fill(number, batch);
        made.put(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** The next batch, to be given back when used. */
  TrainingBatch take() throws InterruptedException {
    TrainingBatch batch = null;
    while (batch == null) {
      batch = made.poll(1, java.util.concurrent.TimeUnit.SECONDS);
      if (batch == null && failure != null) {
        throw new IllegalStateException("mixtures cannot be made", failure);
      }
    }
    return batch;
  }

  void giveBack(TrainingBatch batch) {
    free.add(batch);
  }

  @Override
  public void close() throws InterruptedException {
    thread.interrupt();
    thread.join();
  }
}
