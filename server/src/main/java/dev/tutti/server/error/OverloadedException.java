package dev.tutti.server.error;

import java.time.Duration;

/** A bounded queue is full; the request was turned away before any work was done. */
public final class OverloadedException extends ServingException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  public OverloadedException(String message, Duration retryAfter) {
    super(message, null);
    this.retryAfter = retryAfter;
  }

  public Duration retryAfter() {
    return retryAfter;
  }
}
