package dev.tutti.worker.keras;

/** The file is damaged or contradicts itself: no version of this program could serve it. */
public final class BrokenModelException extends ModelFileException {
  private static final long serialVersionUID = 1L;

  BrokenModelException(String message) {
    super(message);
  }

  public BrokenModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
