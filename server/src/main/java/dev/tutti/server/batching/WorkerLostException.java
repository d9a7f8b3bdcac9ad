package dev.tutti.server.batching;

/** A worker ended before it answered a batch. */
public final class WorkerLostException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean crashed;

  /**
   * @param crashed whether the worker brought its end on itself, so that the batch may be the
   *     reason; false when somebody ended it from outside or its connection broke
   */
  public WorkerLostException(String message, boolean crashed) {
    super(message);
    this.crashed = crashed;
  }

  public boolean crashed() {
    return crashed;
  }
}
