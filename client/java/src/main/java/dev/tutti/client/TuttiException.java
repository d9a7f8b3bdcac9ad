package dev.tutti.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A call that the server refused or did not answer. */
public final class TuttiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean unreachable;
  private final ArrayList<String> violations;

  private TuttiException(
      String code, String message, boolean unreachable, List<String> violations, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.unreachable = unreachable;
    this.violations = new ArrayList<>(violations);
  }

  /**
   * What a failed call means.
   *
   * @param target the server that was called
   */
  static TuttiException of(StatusRuntimeException failure, String target) {
    Status status = StatusProto.fromThrowable(failure);
    String description = failure.getStatus().getDescription();
    String code = failure.getStatus().getCode().name();
    Optional<String> obstacle = ConnectionFailure.reason(failure);
    String message =
        obstacle
            .map(reason -> "no server can be reached at " + target + ": " + reason)
            .orElse(description == null ? code : description);
    return new TuttiException(
        code,
        message,
        obstacle.isPresent(),
        status == null ? List.of() : violations(status),
        failure);
  }

  /** The gRPC status code's name, such as {@code INVALID_ARGUMENT}. */
  public String code() {
    return code;
  }

  /** Whether there was no connection to a server, so that the call cannot have been begun. */
  public boolean unreachable() {
    return unreachable;
  }

  /** Which fields were wrong, as {@code field: what was wrong and what is accepted}. */
  public List<String> violations() {
    return List.copyOf(violations);
  }

  private static List<String> violations(Status status) {
    List<String> found = new ArrayList<>();
    for (Any detail : status.getDetailsList()) {
      if (detail.is(BadRequest.class)) {
        try {
          for (var violation : detail.unpack(BadRequest.class).getFieldViolationsList()) {
            found.add(violation.getField() + ": " + violation.getDescription());
          }
        } catch (InvalidProtocolBufferException e) {
          found.add("(unreadable details)");
        }
      }
    }
    return found;
  }
}
