package dev.tutti.server.error;

/** The request itself is wrong, and would be wrong at any time. */
public final class InvalidInputException extends ServingException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field path of the offending field in the request, such as {@code audio.pcm.samples}
   * @param message what is wrong and what is accepted
   */
  public InvalidInputException(String field, String message) {
    this(field, message, null);
  }

  public InvalidInputException(String field, String message, Throwable cause) {
    super(message, cause);
    this.field = field;
  }

  public String field() {
    return field;
  }

  /** The same complaint about a field that lies within {@code parent}. */
  public InvalidInputException within(String parent) {
    return new InvalidInputException(parent + "." + field, getMessage(), this);
  }
}
