package dev.tutti.server.supervision;

import java.util.concurrent.CompletableFuture;

/**
 * A worker that serves, as those who give it work hold it. It may be a process that this gateway
 * started, or one that runs elsewhere: the holder sees where it listens and hears how it ends. He
 * reports what he notices; whoever is behind the handle acts on it, and judges.
 */
public interface WorkerHandle {
  WorkerAddress address();

  /** Whether it is known to be gone, also before it has been said how it ended. */
  boolean ended();

  /** How it ended, once that has been judged; never fails. */
  CompletableFuture<WorkerEnd> end();

  /** It does not answer and shall get no more work. */
  void reportHung(String what);

  /** It answers what cannot be right and shall get no more work. */
  void reportUnfit(String what);
}
