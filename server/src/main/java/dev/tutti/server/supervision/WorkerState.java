package dev.tutti.server.supervision;

import java.util.Set;

/** Where a worker is in its life, and where it may be next. */
public enum WorkerState {
  /** Not started yet. */
  LATENT,
  /** Started; loading models and warming up. */
  STARTING,
  /** Serving. */
  READY,
  /** Alive but missing probes; given no new work. */
  SUSPECT,
  /** Asked to finish. */
  DRAINING,
  /** Ended on request. */
  STOPPED,
  /** Ended unasked; waits to be started again. */
  BACKOFF,
  /** Ended too often, or cannot start at all; not started again. */
  FAILED;

  /** The table: what each state may be followed by, and nothing else. */
  public Set<WorkerState> next() {
    return switch (this) {
      case LATENT -> Set.of(STARTING, STOPPED);
      case STARTING -> Set.of(READY, DRAINING, BACKOFF, FAILED);
      case READY -> Set.of(SUSPECT, DRAINING, BACKOFF, FAILED);
      case SUSPECT -> Set.of(READY, DRAINING, BACKOFF, FAILED);
      case DRAINING -> Set.of(STOPPED);
      case STOPPED -> Set.of(LATENT);
      case BACKOFF -> Set.of(STARTING, STOPPED);
      case FAILED -> Set.of(STOPPED);
    };
  }
}
