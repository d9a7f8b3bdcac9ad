package dev.tutti.server.grpc.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.ModelFaultException;
import dev.tutti.server.error.NotFoundException;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.error.SampleFailedException;
import dev.tutti.server.error.StoppingException;
import dev.tutti.server.error.TooLargeException;
import dev.tutti.server.error.UnavailableException;
import dev.tutti.server.grpc.Wire;
import io.grpc.Metadata;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatusMapperTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new InvalidInputException("f", "m"), Code.INVALID_ARGUMENT, "INVALID_INPUT"),
        Arguments.of(
            new OverloadedException("m", Duration.ofMillis(1)),
            Code.RESOURCE_EXHAUSTED,
            "OVERLOADED"),
        Arguments.of(new NotFoundException("note", "a", List.of("b")), Code.NOT_FOUND, "NOT_FOUND"),
        Arguments.of(
            new FailedPreconditionException("m"), Code.FAILED_PRECONDITION, "FAILED_PRECONDITION"),
        Arguments.of(new ExpiredException("m"), Code.DEADLINE_EXCEEDED, "EXPIRED"),
        Arguments.of(new TooLargeException("m"), Code.RESOURCE_EXHAUSTED, "TOO_LARGE"),
        Arguments.of(new StoppingException(), Code.UNAVAILABLE, "STOPPING"),
        Arguments.of(new UnavailableException("m"), Code.UNAVAILABLE, "NO_WORKER"),
        Arguments.of(new ModelFaultException("m"), Code.INTERNAL, "MODEL_FAULT"),
        Arguments.of(new CancellationException(), Code.CANCELLED, "CANCELLED"),
        Arguments.of(new IllegalStateException("m"), Code.INTERNAL, "INTERNAL"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyFailureHasItsCodeAndReason(Throwable failure, Code code, String reason) {
    Status status = StatusMapper.toStatus(new CompletionException(failure), "a request");
    assertEquals(code.getNumber(), status.getCode());
    assertEquals(
        ErrorInfo.newBuilder().setReason(reason).setDomain("tutti.dev").build(),
        Wire.detail(status, ErrorInfo.class).orElseThrow());
    assertEquals(status, Wire.status(StatusMapper.toException(failure, "a request")));
  }

  @Test
  void badInputNamesTheField() {
    InvalidInputException failure =
        new InvalidInputException("pcm.dtype", "It is odd.").within("audio");
    Status status = StatusMapper.toStatus(failure, "a request");
    assertEquals("audio.pcm.dtype: It is odd.", status.getMessage());
    BadRequest.FieldViolation violation =
        Wire.detail(status, BadRequest.class).orElseThrow().getFieldViolations(0);
    assertEquals("audio.pcm.dtype", violation.getField());
    assertEquals("It is odd.", violation.getDescription());
  }

  @Test
  void overloadSaysWhenToComeBack() {
    Status status =
        StatusMapper.toStatus(
            new OverloadedException("full", Duration.ofMillis(1250)), "a request");
    var delay = Wire.detail(status, RetryInfo.class).orElseThrow().getRetryDelay();
    assertEquals(TimeMapper.toProto(Duration.ofMillis(1250)), delay);
  }

  @Test
  void retryPoliciesAreToldWhenToComeBack() {
    assertEquals("1250", pushback(new OverloadedException("full", Duration.ofMillis(1250))));
    assertEquals("5000", pushback(new StoppingException()));
    assertEquals("700", pushback(new UnavailableException("none", Duration.ofMillis(700))));
    assertEquals(
        "700",
        pushback(
            new SampleFailedException(
                3, "a", new UnavailableException("none", Duration.ofMillis(700)))));
    assertNull(pushback(new TooLargeException("never")));
  }

  @Test
  void whatIsNotFoundIsNamedForPrograms() {
    Status status =
        StatusMapper.toStatus(
            new NotFoundException("data set", "nots", List.of("notes")), "a request");
    ResourceInfo resource = Wire.detail(status, ResourceInfo.class).orElseThrow();
    assertEquals("data set", resource.getResourceType());
    assertEquals("nots", resource.getResourceName());
  }

  @Test
  void whatAClientWroteNeitherSteersATerminalNorBreaksTheStatus() {
    String name = "a\n\u001b[31m\u202e" + "x".repeat(1 << 20);
    Status status =
        StatusMapper.toStatus(new NotFoundException("bank", name, List.of("b")), "a request");
    assertTrue(
        status.getMessage().startsWith("There is no bank named 'a\\u000a\\u001b[31m\\u202exxx"),
        status.getMessage());
    assertTrue(status.getMessage().contains("xxx...'; there is b."), status.getMessage());
    assertTrue(status.getSerializedSize() < 1000, "" + status.getSerializedSize());
    Status field = StatusMapper.toStatus(new InvalidInputException("f", name), "a request");
    assertTrue(field.getSerializedSize() < 2000, "" + field.getSerializedSize());
    assertFalse(field.toString().contains("\\033"), field.toString());
  }

  private static String pushback(Throwable failure) {
    return StatusMapper.toException(failure, "a request")
        .getTrailers()
        .get(Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER));
  }

  @Test
  void aNameThatIsNotFoundComesWithThoseThatAre() {
    Status status =
        StatusMapper.toStatus(
            new NotFoundException("data set", "a", List.of("b", "c")), "a request");
    assertTrue(status.getMessage().contains("'a'; there are b, c"), status.getMessage());
  }
}
