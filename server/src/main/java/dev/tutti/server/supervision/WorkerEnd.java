package dev.tutti.server.supervision;

/**
 * How a worker ended, as whoever watched over it judges it.
 *
 * @param description in words, such as {@code exit status 134: core dumped}
 */
public record WorkerEnd(Kind kind, String description) {
  /** The ways to end. */
  public enum Kind {
    /** By itself. */
    CRASHED(true),
    /** It was killed because it did not answer. */
    HUNG(true),
    /** It was killed because it answered what cannot be right. */
    UNFIT(true),
    /** Its own limit of memory or the kernel's ended it. */
    OUT_OF_MEMORY(true),
    /** Somebody else's signal ended it. */
    KILLED(false),
    /** It had been asked to finish. */
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
    return description;
  }
}
