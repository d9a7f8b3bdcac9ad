package dev.tutti.server.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.rpc.RetryInfo;
import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.server.grpc.call.Listener;
import dev.tutti.server.grpc.call.ServerConfig;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.EvaluateRequest;
import dev.tutti.v1.EvaluateResponse;
import dev.tutti.v1.EvaluationServiceGrpc;
import dev.tutti.v1.GetModelBankRequest;
import dev.tutti.v1.ModelServiceGrpc;
import dev.tutti.v1.SampleErrorPolicy;
import dev.tutti.v1.SpectrogramServiceGrpc;
import dev.tutti.v1.WorkerAdminServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients meet at the socket, good and bad ones. */
@Timeout(60)
class ListenerTest {
  private static final String CLASSIFY = "tutti.v1.ClassificationService/Classify";
  private static final int MIB = 1 << 20;

  static Stream<MethodDescriptor<?, ?>> methods() {
    return Stream.of(
            ClassificationServiceGrpc.getServiceDescriptor(),
            EvaluationServiceGrpc.getServiceDescriptor(),
            ModelServiceGrpc.getServiceDescriptor(),
            SpectrogramServiceGrpc.getServiceDescriptor(),
            WorkerAdminServiceGrpc.getServiceDescriptor(),
            HealthGrpc.getServiceDescriptor(),
            io.grpc.reflection.v1.ServerReflectionGrpc.getServiceDescriptor())
        .flatMap(service -> service.getMethods().stream())
        .filter(ListenerTest::isServed);
  }

  /** Those that are not are UNIMPLEMENTED, which is another matter. */
  private static boolean isServed(MethodDescriptor<?, ?> method) {
    return !List.of("ClassifyBatch", "TagStream", "SetThresholds")
        .contains(method.getBareMethodName());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void bytesThatAreNoMessageAreTheClientsMistakeOnEveryMethod(MethodDescriptor<?, ?> method)
      throws Exception {
    List<LogRecord> logged = new ArrayList<>();
    Handler handler = listening(logged);
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce())) {
      Status status = sendRaw(gateway.connect(), method, new byte[] {(byte) 0xff, 1, 2, 3});
      assertEquals(Status.Code.INVALID_ARGUMENT, status.getCode(), status.toString());
      assertTrue(
          status.getDescription().contains("The bytes are not a valid "), status.getDescription());
      assertEquals(List.of(), logged.stream().map(LogRecord::getMessage).toList());
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }
  }

  @Test
  void whatIsNotFoundIsNamedInTheStatus() throws Exception {
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce())) {
      var models = ModelServiceGrpc.newBlockingStub(gateway.connect());
      GetModelBankRequest request =
          GetModelBankRequest.newBuilder().setName("x".repeat(MIB / 2) + "\n\u001b[2J").build();
      StatusRuntimeException failure =
          assertThrows(StatusRuntimeException.class, () -> models.getModelBank(request));
      assertEquals(Status.Code.NOT_FOUND, failure.getStatus().getCode());
      assertEquals(
          "x".repeat(97) + "...",
          Wire.detail(Wire.status(failure), com.google.rpc.ResourceInfo.class)
              .orElseThrow()
              .getResourceName());
    }
  }

  @Test
  void halvesOfMessagesAreCountedAsTheyArrive() throws Exception {
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce())) {
      try (HalfSender first = new HalfSender(gateway.port());
          HalfSender second = new HalfSender(gateway.port())) {
        // 2 MiB may be under way; each of these stays within the limit of a message.
        List<CompletableFuture<HalfSender.Ending>> calls =
            List.of(
                first.send(CLASSIFY, MIB, 800_000),
                second.send(CLASSIFY, MIB, 800_000),
                first.send(CLASSIFY, MIB, 800_000));
        Object ending = CompletableFuture.anyOf(calls.toArray(CompletableFuture[]::new)).get();
        HalfSender.Ending refusal = (HalfSender.Ending) ending;
        assertEquals(Status.Code.RESOURCE_EXHAUSTED.value(), refusal.code());
        assertTrue(refusal.message().contains("server.max-in-flight-bytes"), refusal.message());
      }
      awaitNotFound(gateway);
    }
  }

  @Test
  void aMessageIsRefusedAsSoonAsItIsTooLongHoweverLongItSaysItIs() throws Exception {
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce());
        HalfSender client = new HalfSender(gateway.port())) {
      for (String method : List.of(CLASSIFY, "tutti.v1.EvaluationService/Evaluate")) {
        HalfSender.Ending ending = client.send(method, Integer.MAX_VALUE, MIB + 100_000).get();
        assertEquals(Status.Code.RESOURCE_EXHAUSTED.value(), ending.code());
        assertTrue(
            ending.message().contains("1048576 bytes")
                && ending.message().contains("server.max-message-bytes"),
            ending.message());
      }
    }
  }

  @Test
  void aWholeMessageThatIsTooLongGetsTheSameCode() throws Exception {
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce())) {
      ClassifyRequest.Builder request = ClassifyRequest.newBuilder();
      request.getAudioBuilder().setEncodedFile(ByteString.copyFrom(new byte[3 * MIB]));
      var plain = ClassificationServiceGrpc.newBlockingStub(gateway.connect());
      for (var stub : List.of(plain, plain.withCompression("gzip"))) {
        StatusRuntimeException failure =
            assertThrows(StatusRuntimeException.class, () -> stub.classify(request.build()));
        assertEquals(Status.Code.RESOURCE_EXHAUSTED, failure.getStatus().getCode());
        assertTrue(failure.getMessage().contains("server.max-message-bytes"), failure.getMessage());
      }
    }
  }

  @Test
  void aClientThatStopsInTheMiddleOfAMessageIsTold() throws Exception {
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce());
        HalfSender client = new HalfSender(gateway.port())) {
      CompletableFuture<HalfSender.Ending> call = client.send(CLASSIFY, 1000, 10);
      // Until the call is there to be looked at, looks find nothing.
      while (!call.isDone()) {
        gateway.nanos.addAndGet(InProcessGateway.SERVER.idleTimeout().toNanos());
        gateway.timers.advance(InProcessGateway.SERVER.idleTimeout());
        Thread.onSpinWait();
      }
      assertEquals(Status.Code.DEADLINE_EXCEEDED.value(), call.get().code());
      assertTrue(call.get().message().contains("server.idle-timeout"), call.get().message());
    }
  }

  @Test
  void aStreamThatOutlivesTheDrainEndsUnavailableAndSaysWhenToComeBack() throws Exception {
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce())) {
      BlockingQueue<EvaluateResponse> answers = new LinkedBlockingQueue<>();
      CompletableFuture<Throwable> ending = new CompletableFuture<>();
      var requests = evaluate(gateway.connect(), answers, ending);
      requests.onNext(Wire.config(SampleErrorPolicy.SAMPLE_ERROR_POLICY_FAIL));
      requests.onNext(Wire.sample("", 0));
      assertTrue(answers.take().hasPrediction());
      gateway.listener.drain();
      StatusRuntimeException failure = (StatusRuntimeException) ending.get();
      assertEquals(Status.Code.UNAVAILABLE, failure.getStatus().getCode());
      assertTrue(Wire.detail(Wire.status(failure), RetryInfo.class).isPresent());
    }
  }

  @Test
  void aWatchOfHealthDoesNotHoldTheDrainUp() throws Exception {
    ServerConfig patient = config(Duration.ofMinutes(10), 2);
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce(), patient)) {
      var watch =
          HealthGrpc.newBlockingStub(gateway.connect())
              .watch(HealthCheckRequest.getDefaultInstance());
      assertEquals(ServingStatus.SERVING, watch.next().getStatus());
      gateway.listener.drain();
    }
  }

  @Test
  void healthAnswersWhileAllThreadsOfCallsAreBusy() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce())) {
      gateway.calls.execute(
          () -> {
            try {
              done.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      ManagedChannel channel = gateway.connect();
      assertEquals(ServingStatus.SERVING, health(channel));
      ModelServiceGrpc.newBlockingStub(channel)
          .getModelBank(GetModelBankRequest.getDefaultInstance());
      done.countDown();
    }
  }

  @Test
  void aSecondListenerServesTheSameAndEndsByItself() throws Exception {
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce())) {
      Listener second = gateway.listen(InProcessGateway.SERVER);
      ManagedChannel there = gateway.connect(second.port());
      GetModelBankRequest request = GetModelBankRequest.getDefaultInstance();
      ManagedChannel here = gateway.connect();
      assertEquals(
          ModelServiceGrpc.newBlockingStub(here).getModelBank(request),
          ModelServiceGrpc.newBlockingStub(there).getModelBank(request));
      gateway.health.setServing(false);
      assertEquals(ServingStatus.NOT_SERVING, health(there));
      second.drain();
      assertEquals(
          "default",
          ModelServiceGrpc.newBlockingStub(here).getModelBank(request).getBank().getName());
    }
  }

  @Test
  void whatIsBrokenStaysRed() throws Exception {
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce())) {
      gateway.health.setBroken();
      gateway.health.setServing(true);
      assertEquals(ServingStatus.NOT_SERVING, health(gateway.connect()));
    }
  }

  @Test
  void callsOfOneConnectionTooManyAreRefused() throws Exception {
    try (SocketGateway gateway =
        new SocketGateway(FakeWorkers.answeringAtOnce(), config(Duration.ZERO, 1))) {
      assertEquals(ServingStatus.SERVING, health(gateway.connect()));
      ManagedChannel second = gateway.connect();
      StatusRuntimeException failure =
          assertThrows(StatusRuntimeException.class, () -> health(second));
      assertEquals(Status.Code.RESOURCE_EXHAUSTED, failure.getStatus().getCode());
      assertTrue(failure.getMessage().contains("server.max-connections"), failure.getMessage());
    }
  }

  @Test
  void metadataThatAreTooLongAreRefusedWithTheLimit() throws Exception {
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce())) {
      Metadata metadata = new Metadata();
      metadata.put(Metadata.Key.of("long", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(20_000));
      var health =
          HealthGrpc.newBlockingStub(gateway.connect())
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
      StatusRuntimeException failure =
          assertThrows(
              StatusRuntimeException.class,
              () -> health.check(HealthCheckRequest.getDefaultInstance()));
      assertEquals(Status.Code.RESOURCE_EXHAUSTED, failure.getStatus().getCode());
      assertTrue(failure.getMessage().contains("8192 bytes"), failure.getMessage());
    }
  }

  @Test
  void badConnectionsAreNotLoggedByThoseWhoAddAStack() throws Exception {
    byte[] random = new byte[4000];
    new Random(1).nextBytes(random);
    Map<String, byte[]> greetings = new HashMap<>();
    greetings.put("random", random);
    greetings.put("http", "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    greetings.put("tls", new byte[] {22, 3, 1, 0, 5, 1, 0, 0, 1, 3});
    greetings.put("nothing", new byte[0]);
    List<LogRecord> logged = new ArrayList<>();
    Handler handler = listening(logged);
    try (SocketGateway gateway = new SocketGateway(FakeWorkers.answeringAtOnce())) {
      for (byte[] greeting : greetings.values()) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
          OutputStream out = socket.getOutputStream();
          out.write(greeting);
          socket.shutdownOutput();
          readToEnd(socket);
        }
      }
      assertEquals(ServingStatus.SERVING, health(gateway.connect()));
      assertEquals(List.of(), logged.stream().map(LogRecord::getMessage).toList());
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }
  }

  private static void readToEnd(Socket socket) {
    try {
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // A reset is an end, too.
    }
  }

  /** Until the halves of those who left are forgotten, requests are refused as overload. */
  private static void awaitNotFound(SocketGateway gateway) {
    var models = ModelServiceGrpc.newBlockingStub(gateway.connect());
    GetModelBankRequest large =
        GetModelBankRequest.newBuilder().setName("x".repeat(1_000_000)).build();
    Status.Code code;
    do {
      code =
          assertThrows(StatusRuntimeException.class, () -> models.getModelBank(large))
              .getStatus()
              .getCode();
    } while (code == Status.Code.RESOURCE_EXHAUSTED);
    assertEquals(Status.Code.NOT_FOUND, code);
  }

  private static ServingStatus health(Channel channel) {
    return HealthGrpc.newBlockingStub(channel)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  private static ServerConfig config(Duration drainTimeout, int maxConnections) {
    ServerConfig base = InProcessGateway.SERVER;
    return new ServerConfig(
        base.host(),
        base.port(),
        base.maxMessageBytes(),
        base.maxInFlightBytes(),
        maxConnections,
        base.maxCalls(),
        base.idleTimeout(),
        base.threads(),
        base.admin(),
        drainTimeout);
  }

  private static io.grpc.stub.StreamObserver<EvaluateRequest> evaluate(
      ManagedChannel channel,
      BlockingQueue<EvaluateResponse> answers,
      CompletableFuture<Throwable> ending) {
    return EvaluationServiceGrpc.newStub(channel)
        .evaluate(
            new io.grpc.stub.StreamObserver<>() {
              @Override
              public void onNext(EvaluateResponse answer) {
                answers.add(answer);
              }

              @Override
              public void onError(Throwable problem) {
                ending.complete(problem);
              }

              @Override
              public void onCompleted() {
                ending.complete(null);
              }
            });
  }

  private static Handler listening(List<LogRecord> records) {
    Handler handler =
        new Handler() {
          @Override
          public synchronized void publish(LogRecord record) {
            if (record.getThrown() != null) {
              records.add(record);
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger.getLogger("").addHandler(handler);
    return handler;
  }

  private static Status sendRaw(Channel channel, MethodDescriptor<?, ?> method, byte[] message) {
    MethodDescriptor<byte[], byte[]> raw =
        MethodDescriptor.newBuilder(new Raw(), new Raw())
            .setType(
                method.getType().clientSendsOneMessage()
                    ? MethodDescriptor.MethodType.SERVER_STREAMING
                    : MethodDescriptor.MethodType.BIDI_STREAMING)
            .setFullMethodName(method.getFullMethodName())
            .build();
    CompletableFuture<Status> ending = new CompletableFuture<>();
    io.grpc.stub.StreamObserver<byte[]> answers =
        new io.grpc.stub.StreamObserver<>() {
          @Override
          public void onNext(byte[] answer) {}

          @Override
          public void onError(Throwable problem) {
            ending.complete(Status.fromThrowable(problem));
          }

          @Override
          public void onCompleted() {
            ending.complete(Status.OK);
          }
        };
    var call = channel.newCall(raw, CallOptions.DEFAULT);
    if (method.getType().clientSendsOneMessage()) {
      ClientCalls.asyncServerStreamingCall(call, message, answers);
    } else {
      ClientCalls.asyncBidiStreamingCall(call, answers).onNext(message);
    }
    return ending.join();
  }

  private static final class Raw implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
