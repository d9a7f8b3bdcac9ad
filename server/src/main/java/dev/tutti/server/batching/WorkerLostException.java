package dev.tutti.server.batching;

/** A worker ended before it answered a batch. */
public final class WorkerLostException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean crashed;

  /**
   * @param crashed whether the batch may be the reason: the worker ran it, and crashed, hung or ran
   *     out of memory. False for a batch that only waited behind another, and when somebody ended
   *     the worker from outside or its connection broke
   */
  public WorkerLostException(String message, boolean crashed) {
    super(message);
    this.crashed = crashed;
  }

  public boolean crashed() {
    return crashed;
  }
}
