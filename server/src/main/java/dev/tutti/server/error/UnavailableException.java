package dev.tutti.server.error;

import java.time.Duration;
import java.util.Optional;

/** No worker can do the work now; the same request may succeed later. */
public final class UnavailableException extends ServingException {
  private static final long serialVersionUID = 1L;

  /** Null where nobody can tell. */
  private final Duration retryAfter;

  public UnavailableException(String message) {
    this(message, (Duration) null);
  }

  /**
   * @param retryAfter when a worker may be ready again
   */
  public UnavailableException(String message, Duration retryAfter) {
    super(message, null);
    this.retryAfter = retryAfter;
  }

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
    this.retryAfter = null;
  }

  /** After what time to try again, where that can be told. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
