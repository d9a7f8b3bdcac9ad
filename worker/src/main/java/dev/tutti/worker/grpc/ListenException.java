package dev.tutti.worker.grpc;

import java.io.IOException;

/** The worker cannot listen where it was told to. The message names the address. */
public final class ListenException extends IOException {
  private static final long serialVersionUID = 1L;

  ListenException(String message) {
    super(message);
  }

  ListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
