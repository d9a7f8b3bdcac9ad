package dev.tutti.server.supervision;

/**
 * What the operating system says of a process that has ended; {@link EndJudge} says what it means.
 *
 * @param code the exit status; 128 + n when signal n ended it
 * @param lastWords the last line it wrote, empty if none
 * @param oomKilled whether the kernel counts one more process that it killed for lack of memory
 */
public record WorkerExit(int code, String lastWords, boolean oomKilled) {
  public static final int CANNOT_START = 2;
  static final int NO_DEVICE = 4;

  /** The end of a process that was not killed for lack of memory, as far as is known. */
  public WorkerExit(int code, String lastWords) {
    this(code, lastWords, false);
  }

  /**
   * It said that it can never start as it was asked to: broken models, wrong options, no device.
   */
  public boolean permanent() {
    return code == CANNOT_START || code == NO_DEVICE;
  }

  @Override
  public String toString() {
    return "exit status " + code + (lastWords.isEmpty() ? "" : ": " + lastWords);
  }
}
