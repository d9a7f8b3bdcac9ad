package dev.tutti.server.error;

/**
 * Why a request was not answered, in the gateway's own terms. Nothing below the endpoints knows a
 * wire status; {@code StatusMapper} turns these into one.
 */
public abstract sealed class ServingException extends RuntimeException
    permits InvalidInputException,
        NotFoundException,
        FailedPreconditionException,
        OverloadedException,
        TooLargeException,
        StoppingException,
        UnavailableException,
        ExpiredException,
        ModelFaultException {
  private static final long serialVersionUID = 1L;

  ServingException(String message, Throwable cause) {
    super(message, cause);
  }
}
