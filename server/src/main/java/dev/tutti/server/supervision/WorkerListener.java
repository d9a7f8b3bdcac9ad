package dev.tutti.server.supervision;

import dev.tutti.server.device.WorkerSlot;

/**
 * Hears what becomes of workers. Calls for one worker come one at a time and in order; they must
 * return quickly.
 */
public interface WorkerListener {
  /**
   * A worker can take work. Every such call is followed by one of the two others.
   *
   * @param worker the same as last time when it had been suspect
   */
  void onReady(WorkerSlot slot, RunningWorker worker);

  /** A worker shall get no new work for now, but may be ready again. */
  void onSuspect(WorkerSlot slot);

  /** A worker shall get no new work: it drains or has ended. */
  void onGone(WorkerSlot slot);

  /** A worker ended unasked; it will be started again. */
  default void onSetback(WorkerSlot slot, String reason) {}

  /** A worker has been given up. */
  void onFailed(WorkerSlot slot, String reason);
}
