package dev.tutti.server.supervision;

import java.util.concurrent.CompletableFuture;

/**
 * One process of a worker that serves, as its supervisor shows it to those who give it work. They
 * report what they notice; it is the supervisor that ends it, and judges.
 */
public interface RunningWorker {
  WorkerAddress address();

  /** Whether the process is gone, also before it has been said how it ended. */
  boolean ended();

  /** How it ended, once that has been judged; fails never. */
  CompletableFuture<WorkerEnd> end();

  /** It does not answer: its supervisor ends it. */
  void reportHung(String what);

  /** It answers what cannot be right: its supervisor ends it. */
  void reportUnfit(String what);
}
