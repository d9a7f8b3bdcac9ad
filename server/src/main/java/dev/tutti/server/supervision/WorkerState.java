package dev.tutti.server.supervision;

/** Where a worker is in its life. */
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
  FAILED
}
