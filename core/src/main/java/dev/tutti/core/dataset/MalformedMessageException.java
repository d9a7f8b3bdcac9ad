package dev.tutti.core.dataset;

/** Bytes that are no protocol buffer message. */
final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message) {
    super(message);
  }
}
