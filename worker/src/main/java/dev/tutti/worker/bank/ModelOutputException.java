package dev.tutti.worker.bank;

/** A model answered something that is no probability. */
public final class ModelOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ModelOutputException(String message) {
    super(message);
  }
}
