package dev.tutti.server.supervision;

/**
 * How a worker ended, as its supervisor judges it.
 *
 * @param exit what the operating system said
 * @param reason why the supervisor ended it; empty when it did not
 */
public record WorkerEnd(Kind kind, WorkerExit exit, String reason) {
  /** The ways to end. */
  public enum Kind {
    /** By itself. */
    CRASHED(true),
    /** Its supervisor killed it because it did not answer. */
    HUNG(true),
    /** Its supervisor killed it because it answered what cannot be right. */
    UNFIT(true),
    /** Its own limit of memory or the kernel's ended it. */
    OUT_OF_MEMORY(true),
    /** Somebody else's signal ended it. */
    KILLED(false),
    /** Its supervisor had asked it to finish. */
    DRAINED(false);

    private final boolean ownFault;

    Kind(boolean ownFault) {
      this.ownFault = ownFault;
    }
  }

  /**
   * Whether the worker, or the work it had, brought this about. Only such ends count against the
   * work and towards giving the worker up.
   */
  public boolean ownFault() {
    return kind.ownFault;
  }

  @Override
  public String toString() {
    // What it said before somebody ended it explains nothing.
    return switch (kind) {
      case CRASHED -> exit.toString();
      case HUNG -> "hung and was killed: " + reason;
      case UNFIT -> "unfit and killed: " + reason;
      case OUT_OF_MEMORY -> "out of memory, exit status " + exit.code();
      case KILLED -> "ended from outside, exit status " + exit.code();
      case DRAINED -> "drained, exit status " + exit.code();
    };
  }
}
