package dev.tutti.worker.keras;

/** The file may be sound, but it uses something that this version does not know. */
public final class UnsupportedModelException extends ModelFileException {
  private static final long serialVersionUID = 1L;

  UnsupportedModelException(String message) {
    super(message);
  }

  UnsupportedModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
