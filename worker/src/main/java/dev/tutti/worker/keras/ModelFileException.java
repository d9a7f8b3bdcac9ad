package dev.tutti.worker.keras;

import java.io.IOException;

/**
 * A model file cannot be served. The message names the file and, where known, the layer and the
 * attribute.
 */
public abstract sealed class ModelFileException extends IOException
    permits BrokenModelException, UnsupportedModelException {
  private static final long serialVersionUID = 1L;

  ModelFileException(String message) {
    super(message);
  }

  ModelFileException(String message, Throwable cause) {
    super(message, cause);
  }
}
