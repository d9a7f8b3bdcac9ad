package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Reads weights on several threads. */
final class ParallelReading {
  private final int threads;

  ParallelReading(int threads) {
    this.threads = threads;
  }

  /** Ends when all are read; the first failure ends it early. */
  void read(List<VariableSlot> slots) throws ModelFileException {
    ExecutorService pool = Executors.newFixedThreadPool(threads, task -> new Thread(task, "read"));
    try {
      List<Future<Void>> readings = new ArrayList<>();
      for (VariableSlot slot : slots) {
        Callable<Void> reading =
            () -> {
              slot.read();
              return null;
            };
        readings.add(pool.submit(reading));
      }
      for (Future<Void> reading : readings) {
        reading.get();
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading weights", e);
    } finally {
      pool.shutdownNow();
      awaitEnd(pool);
    }
  }

  /** Tensors must not be closed under a thread that still writes into one. */
  private static void awaitEnd(ExecutorService pool) {
    try {
      while (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
        // One weight is read to its end in well under a second.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ModelFileException rethrown(Throwable cause) {
    if (cause instanceof ModelFileException failure) {
      return failure;
    } else if (cause instanceof RuntimeException failure) {
      throw failure;
    } else if (cause instanceof Error failure) {
      throw failure;
    }
    throw new IllegalStateException(cause);
  }
}
