package dev.tutti.server.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.tutti.server.classify.Stages;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.ModelFaultException;
import dev.tutti.server.error.NotFoundException;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.error.ServingException;
import dev.tutti.server.error.UnavailableException;
import dev.tutti.server.evaluate.SampleFailedException;
import dev.tutti.v1.FieldViolation;
import dev.tutti.v1.ItemError;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where failures become a status on the wire. */
final class StatusMapper {
  private static final Logger log = LoggerFactory.getLogger(StatusMapper.class);
  private static final String DOMAIN = "tutti.dev";

  private StatusMapper() {}

  static StatusRuntimeException toException(Throwable failure) {
    return StatusProto.toStatusRuntimeException(toStatus(failure));
  }

  /** The same failure, for an item of a stream that goes on. */
  static ItemError toItemError(Throwable failure) {
    Status status = toStatus(failure);
    ItemError.Builder error =
        ItemError.newBuilder().setCode(status.getCode()).setMessage(status.getMessage());
    if (Stages.unwrap(failure) instanceof InvalidInputException invalid) {
      error.addFieldViolations(
          FieldViolation.newBuilder()
              .setField(invalid.field())
              .setDescription(invalid.getMessage()));
    }
    return error.build();
  }

  static Status toStatus(Throwable wrapped) {
    Throwable failure = Stages.unwrap(wrapped);
    if (failure instanceof SampleFailedException sample) {
      return inSample(sample);
    }
    if (failure instanceof ServingException serving) {
      return toStatus(serving);
    }
    if (failure instanceof CancellationException) {
      return status(Code.CANCELLED, "CANCELLED", "The call was cancelled.");
    }
    if (failure instanceof TimeoutException) {
      return status(Code.DEADLINE_EXCEEDED, "EXPIRED", "The call's deadline passed.");
    }
    log.error("A request failed for a reason that is not the client's", failure);
    return status(Code.INTERNAL, "INTERNAL", "The server failed: " + failure.getMessage());
  }

  private static Status toStatus(ServingException failure) {
    String message = failure.getMessage();
    if (failure instanceof InvalidInputException invalid) {
      BadRequest violation =
          BadRequest.newBuilder()
              .addFieldViolations(
                  BadRequest.FieldViolation.newBuilder()
                      .setField(invalid.field())
                      .setDescription(message))
              .build();
      return status(
          Code.INVALID_ARGUMENT, "INVALID_INPUT", invalid.field() + ": " + message, violation);
    }
    if (failure instanceof OverloadedException overloaded) {
      RetryInfo retry =
          RetryInfo.newBuilder().setRetryDelay(TimeMapper.toProto(overloaded.retryAfter())).build();
      return status(Code.RESOURCE_EXHAUSTED, "OVERLOADED", message, retry);
    }
    if (failure instanceof NotFoundException) {
      return status(Code.NOT_FOUND, "NOT_FOUND", message);
    }
    if (failure instanceof FailedPreconditionException) {
      return status(Code.FAILED_PRECONDITION, "FAILED_PRECONDITION", message);
    }
    if (failure instanceof ExpiredException) {
      return status(Code.DEADLINE_EXCEEDED, "EXPIRED", message);
    }
    if (failure instanceof ModelFaultException) {
      log.error("{}", message);
      return status(Code.INTERNAL, "MODEL_FAULT", message);
    }
    if (failure instanceof UnavailableException unavailable) {
      return status(
          Code.UNAVAILABLE,
          "NO_WORKER",
          message,
          unavailable.retryAfter().stream()
              .map(wait -> RetryInfo.newBuilder().setRetryDelay(TimeMapper.toProto(wait)).build())
              .toArray(Message[]::new));
    }
    throw new AssertionError("not a kind of serving exception", failure);
  }

  private static Status inSample(SampleFailedException failure) {
    Status inner = toStatus(failure.getCause());
    return inner.toBuilder().setMessage(failure.sample() + ": " + inner.getMessage()).build();
  }

  private static Status status(Code code, String reason, String message, Message... details) {
    Status.Builder status =
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(message)
            .addDetails(
                Any.pack(ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build()));
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return status.build();
  }
}
