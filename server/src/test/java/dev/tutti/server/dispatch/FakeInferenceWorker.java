package dev.tutti.server.dispatch;

import com.google.protobuf.ByteString;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.supervision.FakeWorkerHandle;
import dev.tutti.server.supervision.FakeWorkerProcess;
import dev.tutti.server.supervision.WorkerAddress;
import dev.tutti.v1.FamilyThreshold;
import dev.tutti.v1.InstrumentFamily;
import dev.tutti.v1.StftParameters;
import dev.tutti.worker.v1.DescribeBankRequest;
import dev.tutti.worker.v1.DescribeBankResponse;
import dev.tutti.worker.v1.InferRequest;
import dev.tutti.worker.v1.InferResponse;
import dev.tutti.worker.v1.InferenceServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A worker in this process that answers batches, and says what it serves, when a test wants. */
public final class FakeInferenceWorker extends InferenceServiceGrpc.InferenceServiceImplBase {
  /** What it says each batch took. */
  static final long SESSION_MICROS = 7;

  final String name;
  public final WorkerAddress address;

  /** What a supervisor of this worker watches. */
  public final FakeWorkerProcess process;

  /** What a pool without a supervisor gets to see of it. */
  final FakeWorkerHandle handle;

  /** Batches that have come and not been answered. */
  public final Deque<InferRequest> batches = new ArrayDeque<>();

  private final Server server;
  private final String digest;

  /** The names of requests that came with batches. */
  final List<String> requestIds = new CopyOnWriteArrayList<>();

  private final Deque<StreamObserver<InferResponse>> answers = new ArrayDeque<>();
  private final List<StreamObserver<DescribeBankResponse>> askers = new ArrayList<>();
  private List<Integer> batchSizes = List.of();
  private boolean silent;

  /** A worker whose address is its number. */
  public FakeInferenceWorker(int number, String digest) throws IOException {
    this.name = "worker-" + number;
    this.address = new WorkerAddress(name + ":" + number);
    this.process = new FakeWorkerProcess(number);
    this.handle = new FakeWorkerHandle(address);
    this.digest = digest;
    this.server =
        InProcessServerBuilder.forName(address.text())
            .directExecutor()
            .addService(ServerInterceptors.intercept(this, new Listening()))
            .build()
            .start();
  }

  /** Hears the names of requests. */
  private final class Listening implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      String ids = headers.get(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER));
      if (ids != null) {
        requestIds.add(ids);
      }
      return next.startCall(call, headers);
    }
  }

  /** Connects to a worker of this process. */
  public static ManagedChannel channel(WorkerAddress address) {
    return InProcessChannelBuilder.forName(address.text()).directExecutor().build();
  }

  /** From now on it does not say what it serves before {@link #describe}. */
  void keepSilent() {
    silent = true;
  }

  /** The sizes that it says it runs. */
  void runsBatchesOf(Integer... sizes) {
    batchSizes = List.of(sizes);
  }

  void describe() {
    askers.forEach(this::describe);
    askers.clear();
  }

  /** Answers the batch that came first with the first value of each row for every family. */
  void answer() {
    InferRequest batch = batches.removeFirst();
    int families = TestBank.FAMILIES.size();
    ByteBuffer bytes =
        ByteBuffer.allocate(batch.getRowsCount() * families * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (ByteString row : batch.getRowsList()) {
      float value = row.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getFloat();
      for (int i = 0; i < families; i++) {
        bytes.putFloat(value);
      }
    }
    send(ByteString.copyFrom(bytes.flip()));
  }

  /** Answers the batch that came first with this value everywhere. */
  public void answerValue(float value) {
    int floats = batches.removeFirst().getRowsCount() * TestBank.FAMILIES.size();
    ByteBuffer bytes = ByteBuffer.allocate(floats * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      bytes.putFloat(value);
    }
    send(ByteString.copyFrom(bytes.flip()));
  }

  /** Answers the batch that came first with so many bytes. */
  void answerBytes(int count) {
    batches.removeFirst();
    send(ByteString.copyFrom(new byte[count]));
  }

  void refuse(Throwable reason) {
    batches.removeFirst();
    answers.removeFirst().onError(reason);
  }

  void refuseLast(Throwable reason) {
    batches.removeLast();
    answers.removeLast().onError(reason);
  }

  /** Breaks all connections. */
  public void vanish() {
    server.shutdownNow();
  }

  @Override
  public void describeBank(
      DescribeBankRequest request, StreamObserver<DescribeBankResponse> observer) {
    if (silent) {
      askers.add(observer);
    } else {
      describe(observer);
    }
  }

  @Override
  public void infer(InferRequest request, StreamObserver<InferResponse> observer) {
    batches.add(request);
    answers.add(observer);
  }

  private void send(ByteString probabilities) {
    StreamObserver<InferResponse> observer = answers.removeFirst();
    observer.onNext(
        InferResponse.newBuilder()
            .setProbabilities(probabilities)
            .setSessionMicros(SESSION_MICROS)
            .build());
    observer.onCompleted();
  }

  private void describe(StreamObserver<DescribeBankResponse> observer) {
    observer.onNext(description());
    observer.onCompleted();
  }

  /** What it says of itself. */
  DescribeBankResponse description() {
    Bank bank = TestBank.BANK;
    DescribeBankResponse.Builder response =
        DescribeBankResponse.newBuilder()
            .setDigest(digest)
            .addInputShape(bank.bins())
            .addInputShape(bank.frames())
            .setParameters(bank.parameters())
            .addAllBatchSizes(batchSizes)
            .setStft(
                StftParameters.newBuilder()
                    .setSampleRateHz(bank.stft().sampleRate())
                    .setNFft(bank.stft().nFft())
                    .setHopLength(bank.stft().hopLength())
                    .setWinLength(bank.stft().winLength())
                    .setAmin(bank.stft().amin()));
    bank.families()
        .forEach(
            family -> {
              InstrumentFamily wire = InstrumentFamily.forNumber(family.nsynthId() + 1);
              response.addFamilies(wire);
              response.addThresholds(
                  FamilyThreshold.newBuilder().setFamily(wire).setThreshold(0.5));
            });
    return response.build();
  }
}
