package dev.tutti.server.grpc.call;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.tutti.server.async.Futures;
import dev.tutti.server.error.ClientText;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.ModelFaultException;
import dev.tutti.server.error.NotFoundException;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.error.SampleFailedException;
import dev.tutti.server.error.ServingException;
import dev.tutti.server.error.StoppingException;
import dev.tutti.server.error.TooLargeException;
import dev.tutti.server.error.UnavailableException;
import dev.tutti.v1.FieldViolation;
import dev.tutti.v1.ItemError;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where failures become a status on the wire. */
public final class StatusMapper {
  private static final Logger log = LoggerFactory.getLogger(StatusMapper.class);
  private static final String DOMAIN = "tutti.dev";

  /** Short enough for what clients accept as headers, together with the details. */
  private static final int MAX_MESSAGE = 600;

  /** About as long as a gateway takes to restart. */
  private static final Duration AFTER_STOP = Duration.ofSeconds(5);

  /** Tells the retry policies of gRPC clients what {@code RetryInfo} tells programs. */
  private static final Metadata.Key<String> PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private StatusMapper() {}

  /**
   * @param requestId names the request in the log, for failures that belong there
   */
  public static StatusRuntimeException toException(Throwable failure, String requestId) {
    Status status = toStatus(failure, requestId);
    Metadata trailers = new Metadata();
    retryDelay(failure)
        .ifPresent(delay -> trailers.put(PUSHBACK, Long.toString(Math.max(1, delay.toMillis()))));
    return StatusProto.toStatusRuntimeException(status, trailers);
  }

  /** The same failure, for an item of a stream that goes on. */
  public static ItemError toItemError(Throwable failure, String requestId) {
    Status status = toStatus(failure, requestId);
    ItemError.Builder error =
        ItemError.newBuilder().setCode(status.getCode()).setMessage(status.getMessage());
    if (Futures.unwrap(failure) instanceof InvalidInputException invalid) {
      error.addFieldViolations(
          FieldViolation.newBuilder()
              .setField(invalid.field())
              .setDescription(ClientText.printable(invalid.getMessage(), MAX_MESSAGE)));
    }
    return error.build();
  }

  static Status toStatus(Throwable wrapped, String requestId) {
    Throwable failure = Futures.unwrap(wrapped);
    if (failure instanceof SampleFailedException sample) {
      return inSample(sample, requestId);
    }
    if (failure instanceof ServingException serving) {
      return toStatus(serving, requestId);
    }
    if (failure instanceof CancellationException) {
      return status(Code.CANCELLED, "CANCELLED", "The call was cancelled.");
    }
    log.error("Request {} failed for a reason that is not the client's", requestId, failure);
    return status(Code.INTERNAL, "INTERNAL", "The server failed: " + failure.getMessage());
  }

  private static Status toStatus(ServingException failure, String requestId) {
    String message = failure.getMessage();
    if (failure instanceof InvalidInputException invalid) {
      BadRequest violation =
          BadRequest.newBuilder()
              .addFieldViolations(
                  BadRequest.FieldViolation.newBuilder()
                      .setField(invalid.field())
                      .setDescription(ClientText.printable(message, MAX_MESSAGE)))
              .build();
      return status(
          Code.INVALID_ARGUMENT, "INVALID_INPUT", invalid.field() + ": " + message, violation);
    }
    if (failure instanceof OverloadedException) {
      return status(Code.RESOURCE_EXHAUSTED, "OVERLOADED", message, retryInfo(failure));
    }
    if (failure instanceof TooLargeException) {
      return status(Code.RESOURCE_EXHAUSTED, "TOO_LARGE", message);
    }
    if (failure instanceof NotFoundException missing) {
      ResourceInfo resource =
          ResourceInfo.newBuilder()
              .setResourceType(missing.kind())
              .setResourceName(missing.name())
              .setDescription(ClientText.printable(message, MAX_MESSAGE))
              .build();
      return status(Code.NOT_FOUND, "NOT_FOUND", message, resource);
    }
    if (failure instanceof StoppingException) {
      return status(Code.UNAVAILABLE, "STOPPING", message, retryInfo(failure));
    }
    if (failure instanceof FailedPreconditionException) {
      return status(Code.FAILED_PRECONDITION, "FAILED_PRECONDITION", message);
    }
    if (failure instanceof ExpiredException) {
      return status(Code.DEADLINE_EXCEEDED, "EXPIRED", message);
    }
    if (failure instanceof ModelFaultException) {
      log.error("Request {}: {}", requestId, message);
      return status(Code.INTERNAL, "MODEL_FAULT", message);
    }
    if (failure instanceof UnavailableException) {
      return status(Code.UNAVAILABLE, "NO_WORKER", message, retryInfo(failure));
    }
    throw new AssertionError("not a kind of serving exception", failure);
  }

  /** When to come back, for failures that time heals. */
  private static Optional<Duration> retryDelay(Throwable wrapped) {
    Throwable failure = Futures.unwrap(wrapped);
    if (failure instanceof SampleFailedException sample) {
      return retryDelay(sample.getCause());
    }
    if (failure instanceof OverloadedException overloaded) {
      return Optional.of(overloaded.retryAfter());
    }
    if (failure instanceof UnavailableException unavailable) {
      return unavailable.retryAfter();
    }
    return failure instanceof StoppingException ? Optional.of(AFTER_STOP) : Optional.empty();
  }

  private static Message[] retryInfo(Throwable failure) {
    return retryDelay(failure).stream()
        .map(delay -> RetryInfo.newBuilder().setRetryDelay(TimeMapper.toProto(delay)).build())
        .toArray(Message[]::new);
  }

  private static Status inSample(SampleFailedException failure, String requestId) {
    Status inner = toStatus(failure.getCause(), requestId);
    return inner.toBuilder().setMessage(failure.sample() + ": " + inner.getMessage()).build();
  }

  private static Status status(Code code, String reason, String message, Message... details) {
    Status.Builder status =
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(ClientText.printable(message, MAX_MESSAGE))
            .addDetails(
                Any.pack(ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build()));
    for (Message detail : details) {
      status.addDetails(Any.pack(detail));
    }
    return status.build();
  }
}
