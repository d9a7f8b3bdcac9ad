package dev.tutti.worker.grpc;

import dev.tutti.worker.bank.input.InvalidBatchException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/** Makes every status that the worker answers with. */
final class StatusMapper {
  private static final Logger log = LoggerFactory.getLogger(StatusMapper.class);

  private StatusMapper() {}

  static StatusRuntimeException toStatus(Throwable failure) {
    Status status = statusOf(failure);
    if (status.getCode() == Status.Code.INTERNAL) {
      log.error("A batch failed.", failure);
    }
    return status.withDescription(failure.getMessage()).withCause(failure).asRuntimeException();
  }

  private static Status statusOf(Throwable failure) {
    if (failure instanceof InvalidBatchException) {
      return Status.INVALID_ARGUMENT;
    }
    if (failure instanceof WrongBankException) {
      return Status.FAILED_PRECONDITION;
    }
    if (failure instanceof DrainingException) {
      return Status.UNAVAILABLE;
    }
    if (failure instanceof RejectedExecutionException
        || failure instanceof TFResourceExhaustedException) {
      return Status.RESOURCE_EXHAUSTED;
    }
    return Status.INTERNAL;
  }
}
