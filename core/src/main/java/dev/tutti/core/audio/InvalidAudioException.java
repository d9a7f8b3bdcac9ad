package dev.tutti.core.audio;

/** Audio that cannot be used; the message says what is wrong, where, and what is accepted. */
public class InvalidAudioException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidAudioException(String message) {
    super(message);
  }

  public InvalidAudioException(String message, Throwable cause) {
    super(message, cause);
  }
}
