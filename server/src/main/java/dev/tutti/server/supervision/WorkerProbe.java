package dev.tutti.server.supervision;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks one running worker whether it can serve. */
public interface WorkerProbe extends AutoCloseable {
  /** Makes a probe for a worker that has said where it listens. */
  interface Factory {
    WorkerProbe open(WorkerAddress address);
  }

  /** Completes with whether the worker serves; false also when it does not answer in time. */
  CompletableFuture<Boolean> check(Duration timeout);

  @Override
  void close();
}
