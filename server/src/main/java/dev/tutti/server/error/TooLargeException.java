package dev.tutti.server.error;

/** The request is larger than is accepted at any time. */
public final class TooLargeException extends ServingException {
  private static final long serialVersionUID = 1L;

  public TooLargeException(String message) {
    super(message, null);
  }
}
