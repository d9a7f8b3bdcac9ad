package dev.tutti.worker.grpc;

import java.util.concurrent.RejectedExecutionException;

/** A batch came when the worker had begun to stop. */
final class DrainingException extends RejectedExecutionException {
  private static final long serialVersionUID = 1L;

  DrainingException() {
    super("the worker is stopping");
  }
}
