package dev.tutti.worker.bank.input;

/** A batch that the bank does not take. The message says what is accepted. */
public final class InvalidBatchException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** A message that says what was wrong, where, and what is accepted. */
  public InvalidBatchException(String message) {
    super(message);
  }
}
