package dev.tutti.server.error;

/**
 * The gateway stops before the work is done; another gateway can do it, or this one once it has
 * been restarted.
 */
public final class StoppingException extends ServingException {
  private static final long serialVersionUID = 1L;

  public StoppingException() {
    super("The gateway is stopping. Send the request to another one, or again later.", null);
  }
}
