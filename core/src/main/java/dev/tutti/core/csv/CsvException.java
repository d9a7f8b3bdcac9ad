package dev.tutti.core.csv;

import java.io.IOException;

/** A file that is no sound file of separated values; the message says where and why. */
public final class CsvException extends IOException {
  private static final long serialVersionUID = 1L;

  CsvException(String message) {
    super(message);
  }

  CsvException(String message, Throwable cause) {
    super(message, cause);
  }
}
