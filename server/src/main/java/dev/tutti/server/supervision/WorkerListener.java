package dev.tutti.server.supervision;

/**
 * Hears what becomes of workers, each known by its name. Calls for one worker come one at a time
 * and in order; they must return quickly.
 */
public interface WorkerListener {
  /**
   * A worker can take work. Every such call is followed by one of the two others.
   *
   * @param handle the same as last time when it had been suspect
   */
  void onReady(String worker, WorkerHandle handle);

  /** A worker is to get no new work for now, but may be ready again. */
  void onSuspect(String worker);

  /** A worker is to get no new work: it drains or has ended. */
  void onGone(String worker);

  /** A worker ended unasked; it will be started again. */
  default void onSetback(String worker, String reason) {}

  /** A worker has been given up. */
  void onFailed(String worker, String reason);
}
