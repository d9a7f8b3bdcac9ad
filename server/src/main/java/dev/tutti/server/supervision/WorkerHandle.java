package dev.tutti.server.supervision;

import java.util.concurrent.CompletableFuture;

/**
 * A worker that serves, as those who give it work hold it. It may be a process that this gateway
 * started, or one that runs elsewhere: the holder sees where it listens, hears how it ends, and
 * reports what looks wrong. Acting on that, and judging, is left to what is behind the handle.
 */
public interface WorkerHandle {
  WorkerAddress address();

  /** Whether it is known to be gone, also before it has been said how it ended. */
  boolean ended();

  /** How it ended, once that has been judged; never fails. */
  CompletableFuture<WorkerEnd> end();

  /** It does not answer: it is to be ended. */
  void reportHung(String what);

  /** It answers what cannot be right: it is to be ended. */
  void reportUnfit(String what);
}
