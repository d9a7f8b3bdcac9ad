package dev.tutti.worker.grpc;

import com.google.protobuf.ByteString;
import dev.tutti.core.content.PackedFloats;
import dev.tutti.worker.v1.DescribeBankRequest;
import dev.tutti.worker.v1.DescribeBankResponse;
import dev.tutti.worker.v1.InferRequest;
import dev.tutti.worker.v1.InferResponse;
import dev.tutti.worker.v1.InferenceServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Talks to a worker as a gateway does. */
public final class WorkerClient implements AutoCloseable {
  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
  private final ManagedChannel channel;

  /** Connects to the address of a handshake line. */
  public WorkerClient(String address) {
    NettyChannelBuilder builder =
        address.startsWith("unix:")
            ? NettyChannelBuilder.forAddress(
                    new DomainSocketAddress(address.substring("unix:".length())))
                .eventLoopGroup(loop)
                .channelType(EpollDomainSocketChannel.class)
                .overrideAuthority("localhost")
            : NettyChannelBuilder.forTarget(address);
    channel = builder.usePlaintext().build();
  }

  /** The bank. */
  public DescribeBankResponse describe() {
    return stub().describeBank(DescribeBankRequest.getDefaultInstance());
  }

  /** Runs a batch on the bank with this digest. */
  public InferResponse infer(String digest, List<ByteBuffer> rows) {
    InferRequest.Builder request = InferRequest.newBuilder().setBankDigest(digest);
    for (ByteBuffer row : rows) {
      request.addRows(ByteString.copyFrom(row.duplicate()));
    }
    return infer(request.build());
  }

  /** Runs any batch. */
  public InferResponse infer(InferRequest request) {
    return stub().infer(request);
  }

  /** The probabilities of an answer. */
  public static float[] probabilities(InferResponse response) {
    return PackedFloats.unpack(response.getProbabilities().asReadOnlyByteBuffer());
  }

  /** The health of the inference service. */
  public ServingStatus health() {
    return HealthGrpc.newBlockingStub(channel)
        .withDeadlineAfter(30, TimeUnit.SECONDS)
        .check(
            HealthCheckRequest.newBuilder().setService(InferenceServiceGrpc.SERVICE_NAME).build())
        .getStatus();
  }

  /** Every health status of the inference service that the worker tells of. */
  public BlockingQueue<ServingStatus> watchHealth() {
    BlockingQueue<ServingStatus> seen = new LinkedBlockingQueue<>();
    HealthGrpc.newStub(channel)
        .watch(
            HealthCheckRequest.newBuilder().setService(InferenceServiceGrpc.SERVICE_NAME).build(),
            new StreamObserver<>() {
              @Override
              public void onNext(HealthCheckResponse response) {
                seen.add(response.getStatus());
              }

              @Override
              public void onError(Throwable failure) {}

              @Override
              public void onCompleted() {}
            });
    return seen;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private InferenceServiceGrpc.InferenceServiceBlockingStub stub() {
    return InferenceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
  }
}
