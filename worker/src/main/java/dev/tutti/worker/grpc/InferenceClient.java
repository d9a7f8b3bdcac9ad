package dev.tutti.worker.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.tutti.worker.v1.DescribeBankRequest;
import dev.tutti.worker.v1.DescribeBankResponse;
import dev.tutti.worker.v1.InferRequest;
import dev.tutti.worker.v1.InferenceServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls a worker over its Unix socket, as a gateway does, to measure what a call takes. */
public final class InferenceClient implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final ManagedChannel channel;
  private final DescribeBankResponse bank;

  /** Connects to a worker that is ready. */
  public InferenceClient(Path socket) {
    channel =
        NettyChannelBuilder.forAddress(new DomainSocketAddress(socket.toString()))
            .eventLoopGroup(loop)
            .channelType(EpollDomainSocketChannel.class)
            .overrideAuthority("localhost")
            .usePlaintext()
            .directExecutor()
            .build();
    bank = stub().describeBank(DescribeBankRequest.getDefaultInstance());
  }

  /** The most rows that the worker takes in a batch. */
  public int largestBatch() {
    return bank.getBatchSizesList().stream().mapToInt(size -> size).max().orElseThrow();
  }

  /**
   * Runs a batch.
   *
   * @param rows one spectrogram each, as {@link dev.tutti.worker.bank.ModelBank#infer} takes them
   * @return [rows, families] float32 little-endian probabilities
   */
  public ByteBuffer infer(List<ByteBuffer> rows) {
    List<ByteString> views =
        rows.stream().map(row -> UnsafeByteOperations.unsafeWrap(row.duplicate())).toList();
    InferRequest request =
        InferRequest.newBuilder().setBankDigest(bank.getDigest()).addAllRows(views).build();
    return stub().infer(request).getProbabilities().asReadOnlyByteBuffer();
  }

  private InferenceServiceGrpc.InferenceServiceBlockingStub stub() {
    return InferenceServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
