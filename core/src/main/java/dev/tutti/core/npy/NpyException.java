package dev.tutti.core.npy;

import java.io.IOException;

/** A file is no sound {@code .npy} file, or holds what is not supported; the message names it. */
public final class NpyException extends IOException {
  private static final long serialVersionUID = 1L;

  NpyException(String message) {
    super(message);
  }
}
