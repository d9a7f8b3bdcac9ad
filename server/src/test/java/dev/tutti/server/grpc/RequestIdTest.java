package dev.tutti.server.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyRequest;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
  private static final Metadata.Key<String> KEY =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);
  private static final ClassifyRequest REQUEST =
      ClassifyRequest.newBuilder().setSpectrogram(Wire.spectrogram(0.5f)).build();

  private final AtomicReference<Metadata> headers = new AtomicReference<>();
  private final AtomicReference<Metadata> trailers = new AtomicReference<>();
  private InProcessGateway gateway;

  @BeforeEach
  void start() throws IOException {
    gateway = new InProcessGateway(FakeWorkers.answeringAtOnce());
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void theClientsOwnIdComesBackWithTheAnswer() {
    stub("0af7651916cd43dd:8448/eb=_-.+").classify(REQUEST);
    assertEquals("0af7651916cd43dd:8448/eb=_-.+", headers.get().get(KEY));
  }

  @Test
  void aFailureCarriesTheIdInItsTrailers() {
    assertThrows(
        StatusRuntimeException.class,
        () -> stub("mine").classify(ClassifyRequest.getDefaultInstance()));
    assertNull(headers.get());
    assertEquals("mine", trailers.get().get(KEY));
  }

  @Test
  void aRequestThatIsRefusedAtTheDoorCarriesItToo() {
    Metadata tooLong = new Metadata();
    tooLong.put(Metadata.Key.of("long", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(9000));
    assertThrows(
        StatusRuntimeException.class,
        () ->
            stub("mine")
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(tooLong))
                .classify(REQUEST));
    assertEquals("mine", trailers.get().get(KEY));
  }

  @Test
  void aRequestWithoutAnIdGetsOne() {
    stub(null).classify(REQUEST);
    assertEquals("0000000000000abc", headers.get().get(KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "semi;colon", "per%cent", "quote\"", "65"})
  void anIdThatIsNotFitForLogsIsReplaced(String id) {
    stub(id.equals("65") ? "x".repeat(65) : id).classify(REQUEST);
    assertEquals("0000000000000abc", headers.get().get(KEY));
  }

  private ClassificationServiceGrpc.ClassificationServiceBlockingStub stub(String id) {
    Metadata sent = new Metadata();
    if (id != null) {
      sent.put(KEY, id);
    }
    return ClassificationServiceGrpc.newBlockingStub(gateway.channel)
        .withInterceptors(
            MetadataUtils.newCaptureMetadataInterceptor(headers, trailers),
            MetadataUtils.newAttachHeadersInterceptor(sent));
  }
}
