package dev.tutti.core.dataset;

import java.io.IOException;

/**
 * A data set that cannot be read. The message names the file and, where they apply, the record
 * (counted from 0) and the byte offset at which it starts.
 */
public class DatasetException extends IOException {
  private static final long serialVersionUID = 1L;

  public DatasetException(String message) {
    super(message);
  }

  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
