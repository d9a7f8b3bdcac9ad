package dev.tutti.server.supervision;

import java.util.concurrent.CompletableFuture;

/** A running worker process. */
public interface WorkerProcess {
  long pid();

  /** Where it listens, once it has said so. Fails never; a worker that ends first says nothing. */
  CompletableFuture<WorkerAddress> address();

  CompletableFuture<WorkerExit> exit();

  /** Asks it to finish its work and end. */
  void terminate();

  /** Ends it at once. */
  void kill();
}
