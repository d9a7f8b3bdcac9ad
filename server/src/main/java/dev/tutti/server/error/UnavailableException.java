package dev.tutti.server.error;

/** No worker can do the work now; the same request may succeed later. */
public final class UnavailableException extends ServingException {
  private static final long serialVersionUID = 1L;

  public UnavailableException(String message) {
    super(message, null);
  }

  public UnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
