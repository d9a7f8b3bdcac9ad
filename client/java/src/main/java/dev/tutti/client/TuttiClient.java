package dev.tutti.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.tutti.core.audio.AudioClip;
import dev.tutti.v1.Audio;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.DataType;
import dev.tutti.v1.EvaluateMixturesResponse;
import dev.tutti.v1.EvaluationServiceGrpc;
import dev.tutti.v1.GetModelBankRequest;
import dev.tutti.v1.ListModelBanksRequest;
import dev.tutti.v1.ListWorkersRequest;
import dev.tutti.v1.ModelServiceGrpc;
import dev.tutti.v1.Pcm;
import dev.tutti.v1.ReloadModelBankRequest;
import dev.tutti.v1.WorkerAdminServiceGrpc;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A blocking client of one gateway. Thread-safe; all calls fail with {@link TuttiException}. It
 * keeps one connection, which {@link #close} ends.
 */
public final class TuttiClient implements AutoCloseable {
  /** Room for the largest spectrogram that a server computes. */
  private static final int MAX_INBOUND_BYTES = 64 << 20;

  private final Runnable onClose;
  private final Channel channel;
  private final String target;
  private final Duration timeout;

  /**
   * Makes a client; the connection opens with the first call.
   *
   * @param target {@code host:port} or any gRPC target name
   * @param timeout what one unary call may take
   * @throws IllegalArgumentException where the target is no name that gRPC knows
   */
  public static TuttiClient connect(String target, Duration timeout) {
    ManagedChannel channel =
        NettyChannelBuilder.forTarget(target)
            .usePlaintext()
            .maxInboundMessageSize(MAX_INBOUND_BYTES)
            .build();
    return new TuttiClient(channel, target, timeout, channel::shutdownNow);
  }

  /** A client on a channel that somebody else owns. */
  public TuttiClient(Channel channel, Duration timeout) {
    this(channel, channel.authority(), timeout, () -> {});
  }

  private TuttiClient(Channel channel, String target, Duration timeout, Runnable onClose) {
    this.channel = channel;
    this.target = target;
    this.timeout = timeout;
    this.onClose = onClose;
  }

  /** Classifies a whole audio file. */
  public ClassifyResult classify(byte[] file) {
    return classify(
        Audio.newBuilder().setEncodedFile(UnsafeByteOperations.unsafeWrap(file)).build());
  }

  /** Classifies a clip. */
  public ClassifyResult classify(AudioClip clip) {
    ByteBuffer bytes =
        ByteBuffer.allocate(clip.length() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(clip.samples());
    ByteString samples = UnsafeByteOperations.unsafeWrap(bytes);
    return classify(
        Audio.newBuilder()
            .setPcm(
                Pcm.newBuilder()
                    .setSamples(samples)
                    .setDtype(DataType.DATA_TYPE_FLOAT32)
                    .setSampleRateHz(clip.sampleRate())
                    .setChannels(1))
            .build());
  }

  private ClassifyResult classify(Audio audio) {
    ClassifyRequest request = ClassifyRequest.newBuilder().setAudio(audio).build();
    return Messages.classified(
        call(
            () ->
                ClassificationServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .classify(request)));
  }

  /**
   * Runs an evaluation to its end; every event is passed on as it comes. When {@code events}
   * throws, the evaluation ends on the server too.
   */
  public void evaluate(MixtureEvaluation evaluation, Consumer<EvaluationEvent> events) {
    // Leaving the context cancels a call that has not been read to its end.
    try (Context.CancellableContext context = Context.current().withCancellation()) {
      context.run(
          () ->
              call(
                  () -> {
                    Iterator<EvaluateMixturesResponse> responses =
                        EvaluationServiceGrpc.newBlockingStub(channel)
                            .evaluateMixtures(RecipeMessages.request(evaluation));
                    responses.forEachRemaining(response -> events.accept(Messages.event(response)));
                    return null;
                  }));
    }
  }

  /** The default bank; UNAVAILABLE while no worker has loaded it. */
  public BankInfo bank() {
    return Messages.bank(
        call(() ->
                ModelServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .getModelBank(GetModelBankRequest.getDefaultInstance()))
            .getBank());
  }

  /** The banks that are served, and their versions, newest first. */
  public List<BankInfo> banks() {
    return call(
            () ->
                ModelServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .listModelBanks(ListModelBanksRequest.getDefaultInstance()))
        .getBanksList()
        .stream()
        .map(Messages::bank)
        .toList();
  }

  /**
   * Replaces the default bank by the newest version on the server's disk; takes as long as its
   * workers need to load it.
   *
   * @param patience what it may take
   * @return the bank that serves then
   */
  public BankInfo reload(Duration patience) {
    return Messages.bank(
        call(() ->
                ModelServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .reloadModelBank(ReloadModelBankRequest.getDefaultInstance()))
            .getBank());
  }

  /** The workers, those that were started first in front. */
  public List<WorkerInfo> workers() {
    return call(
            () ->
                WorkerAdminServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .listWorkers(ListWorkersRequest.getDefaultInstance()))
        .getWorkersList()
        .stream()
        .map(Messages::worker)
        .toList();
  }

  /** Whether the server says that it serves. */
  public boolean serving() {
    return call(() ->
                HealthGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .check(HealthCheckRequest.getDefaultInstance()))
            .getStatus()
        == ServingStatus.SERVING;
  }

  @Override
  public void close() {
    onClose.run();
  }

  private <T> T call(Supplier<T> rpc) {
    try {
      return rpc.get();
    } catch (StatusRuntimeException e) {
      throw TuttiException.of(e, target);
    }
  }
}
