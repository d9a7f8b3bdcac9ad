package dev.tutti.worker.bankfile;

import java.io.IOException;

/** A bank cannot be read or written. The message names the file and the place in it. */
public final class BankFileException extends IOException {
  private static final long serialVersionUID = 1L;

  BankFileException(String message) {
    super(message);
  }

  BankFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
