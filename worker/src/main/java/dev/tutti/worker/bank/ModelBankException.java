package dev.tutti.worker.bank;

import java.io.IOException;

/** The models folder cannot be served. The message names the folder or file. */
public final class ModelBankException extends IOException {
  private static final long serialVersionUID = 1L;

  ModelBankException(String message) {
    super(message);
  }

  ModelBankException(String message, Throwable cause) {
    super(message, cause);
  }
}
