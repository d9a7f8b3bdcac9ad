package dev.tutti.server.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets programs run against each other on threads that start at the same moment. */
public final class Race implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Runs all of them; throws what one of them threw. */
  public void run(List<Runnable> programs) throws Exception {
    AtomicInteger missing = new AtomicInteger(programs.size());
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (Runnable program : programs) {
      ends.add(
          CompletableFuture.runAsync(
              () -> {
                missing.decrementAndGet();
                while (missing.get() > 0) {
                  Thread.onSpinWait();
                }
                program.run();
              },
              threads));
    }
    CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
