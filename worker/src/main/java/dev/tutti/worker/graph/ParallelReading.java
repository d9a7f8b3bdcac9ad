package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Reads weights on threads of its own while the caller goes on. For one caller. */
final class ParallelReading implements AutoCloseable {
  private final ExecutorService pool;
  private final List<Future<Void>> readings = new ArrayList<>();

  ParallelReading(int threads) {
    pool = Executors.newFixedThreadPool(threads, task -> new Thread(task, "read"));
  }

  /** Begins to read into the tensors of these variables; they must stay open until the end. */
  void start(Collection<VariableSlot> slots) {
    for (VariableSlot slot : slots) {
      Callable<Void> reading =
          () -> {
            slot.read();
            return null;
          };
      readings.add(pool.submit(reading));
    }
  }

  /** Waits until all is read; the first failure ends it early. */
  void await() throws ModelFileException {
    try {
      for (Future<Void> reading : readings) {
        reading.get();
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading weights", e);
    }
  }

  /** Tensors must not be closed under a thread that still writes into one: it waits for those. */
  @Override
  public void close() {
    pool.shutdownNow();
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
