package dev.tutti.server.supervision;

/**
 * How a worker process ended.
 *
 * @param code the exit status; 128 + n when signal n ended it
 * @param lastWords the last line it wrote, empty if none
 */
public record WorkerExit(int code, String lastWords) {
  static final int CANNOT_START = 2;
  static final int NO_DEVICE = 3;
  private static final int KILLED = 128 + 9;
  private static final int TERMINATED = 128 + 15;

  /** Somebody ended it: not its own fault, nor its work's. */
  public boolean fromOutside() {
    return code == KILLED || code == TERMINATED;
  }

  /**
   * It said that it can never start as it was asked to: broken models, wrong options, no device.
   */
  public boolean permanent() {
    return code == CANNOT_START || code == NO_DEVICE;
  }

  @Override
  public String toString() {
    // What it said before somebody ended it explains nothing.
    boolean silent = fromOutside() || lastWords.isEmpty();
    return "exit status " + code + (silent ? "" : ": " + lastWords);
  }
}
