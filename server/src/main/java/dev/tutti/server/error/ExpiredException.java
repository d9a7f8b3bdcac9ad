package dev.tutti.server.error;

/** The time allowed for the work ran out while it waited. */
public final class ExpiredException extends ServingException {
  private static final long serialVersionUID = 1L;

  public ExpiredException(String message) {
    super(message, null);
  }
}
