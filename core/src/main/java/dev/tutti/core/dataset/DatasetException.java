package dev.tutti.core.dataset;

import dev.tutti.core.file.FileFailures;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

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

  /** The exception that says why a file cannot be read. */
  static DatasetException unreadable(Path file, IOException cause) {
    Object reason = cause instanceof FileSystemException of ? FileFailures.reason(of) : cause;
    return new DatasetException("%s cannot be read: %s".formatted(file, reason), cause);
  }
}
