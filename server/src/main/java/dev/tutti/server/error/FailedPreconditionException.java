package dev.tutti.server.error;

/** The request is well-formed but does not fit what is served now. */
public final class FailedPreconditionException extends ServingException {
  private static final long serialVersionUID = 1L;

  public FailedPreconditionException(String message) {
    super(message, null);
  }
}
