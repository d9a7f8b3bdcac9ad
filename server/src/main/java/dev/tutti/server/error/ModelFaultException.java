package dev.tutti.server.error;

/** A model answered what no model may; asking again will not help, another bank may. */
public final class ModelFaultException extends ServingException {
  private static final long serialVersionUID = 1L;

  public ModelFaultException(String message) {
    super(message, null);
  }
}
