package dev.tutti.server.admission;

import dev.tutti.server.error.ExpiredException;

/**
 * Until when somebody waits, on the gateway's monotonic clock. Those of one clock are ordered;
 * {@link #NONE} is the latest of all.
 */
public final class Deadline {
  /** Somebody waits however long it takes. */
  public static final Deadline NONE = new Deadline(0);

  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  /**
   * @param nanos a value of the clock, which may be negative and wrap around
   */
  public static Deadline at(long nanos) {
    return new Deadline(nanos);
  }

  public boolean hasPassed(long nowNanos) {
    return this != NONE && nowNanos - nanos >= 0;
  }

  /** What is left of it, zero or less once it has passed; {@link Long#MAX_VALUE} for none. */
  public long nanosLeft(long nowNanos) {
    return this == NONE ? Long.MAX_VALUE : nanos - nowNanos;
  }

  public boolean isAfter(Deadline other) {
    return other != NONE && (this == NONE || nanos - other.nanos > 0);
  }

  public Deadline later(Deadline other) {
    return other.isAfter(this) ? other : this;
  }

  /** Why work is dropped that nobody waits for any more. */
  public ExpiredException passed() {
    return new ExpiredException("The call's deadline passed before its work was done.", nanos);
  }

  /** Whether work that was dropped is wanted after all: it was dropped for an earlier deadline. */
  public boolean outlasts(Throwable failure) {
    return failure instanceof ExpiredException expired
        && expired.deadlineNanos().isPresent()
        && isAfter(at(expired.deadlineNanos().getAsLong()));
  }

  @Override
  public String toString() {
    return this == NONE ? "no deadline" : "deadline at " + nanos + " ns";
  }
}
