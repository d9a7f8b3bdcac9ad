package dev.tutti.server.supervision;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;

/** Opens channels to workers, over a Unix domain socket where there are such. */
public final class WorkerChannels implements AutoCloseable {
  private static final int FLOW_CONTROL_WINDOW = 8 << 20;

  private final EventLoopGroup eventLoops;

  public WorkerChannels(int threads) {
    DefaultThreadFactory threadFactory = new DefaultThreadFactory("worker-io", true);
    this.eventLoops =
        new MultiThreadIoEventLoopGroup(
            threads,
            threadFactory,
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  /** Whether this machine has Unix domain sockets for us. */
  public static boolean unixSocketsAvailable() {
    return Epoll.isAvailable();
  }

  public ManagedChannel open(WorkerAddress address) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(address.toSocketAddress())
            .eventLoopGroup(eventLoops)
            .usePlaintext()
            .directExecutor()
            .flowControlWindow(FLOW_CONTROL_WINDOW)
            .maxInboundMessageSize(FLOW_CONTROL_WINDOW);
    if (address.isUnix()) {
      builder.channelType(EpollDomainSocketChannel.class).overrideAuthority("localhost");
    } else {
      builder.channelType(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class);
    }
    return builder.build();
  }

  @Override
  public void close() {
    eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
