package dev.tutti.server.supervision;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Probes that find every worker as healthy as a test says. */
public final class FakeProbes implements WorkerProbe.Factory {
  public boolean serving;
  int open;
  int checks;

  @Override
  public WorkerProbe open(WorkerAddress address) {
    open++;
    return new WorkerProbe() {
      @Override
      public CompletableFuture<Boolean> check(Duration timeout) {
        checks++;
        return CompletableFuture.completedFuture(serving);
      }

      @Override
      public void close() {
        open--;
      }
    };
  }
}
