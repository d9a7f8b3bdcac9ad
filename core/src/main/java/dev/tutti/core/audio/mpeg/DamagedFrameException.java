package dev.tutti.core.audio.mpeg;

/** A frame that no encoder can have written; the message says what is wrong in it. */
public class DamagedFrameException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedFrameException(String message) {
    super(message);
  }
}
