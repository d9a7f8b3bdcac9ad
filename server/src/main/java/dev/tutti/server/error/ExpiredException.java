package dev.tutti.server.error;

import java.util.OptionalLong;

/** The time allowed for the work ran out while it waited. */
public final class ExpiredException extends ServingException {
  private static final long serialVersionUID = 1L;

  /** Null where it was no caller's deadline that passed. */
  private final Long deadlineNanos;

  /** A limit of the gateway's own has passed. */
  public ExpiredException(String message) {
    super(message, null);
    this.deadlineNanos = null;
  }

  /**
   * The caller's deadline has passed.
   *
   * @param deadlineNanos when that was, on the gateway's monotonic clock
   */
  public ExpiredException(String message, long deadlineNanos) {
    super(message, null);
    this.deadlineNanos = deadlineNanos;
  }

  /** The deadline that passed; nothing where it was a limit of the gateway's own. */
  public OptionalLong deadlineNanos() {
    return deadlineNanos == null ? OptionalLong.empty() : OptionalLong.of(deadlineNanos);
  }
}
