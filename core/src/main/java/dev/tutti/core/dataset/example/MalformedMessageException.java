package dev.tutti.core.dataset.example;

/** Bytes that are no protocol buffer message. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message) {
    super(message);
  }
}
