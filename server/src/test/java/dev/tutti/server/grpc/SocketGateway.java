package dev.tutti.server.grpc;

import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.server.time.SteppedTime;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** The whole server on a port of the loopback, over fake workers. */
final class SocketGateway implements AutoCloseable {
  final SteppedTime timers = new SteppedTime();
  final AtomicLong nanos = new AtomicLong();
  final ExecutorService calls = Executors.newFixedThreadPool(1);
  final GatewayServer server;
  private final InProcessGateway inside;
  private final ExecutorService control = Executors.newFixedThreadPool(1);
  private final List<ManagedChannel> channels = new ArrayList<>();

  SocketGateway(FakeWorkers workers, ServerConfig config) throws IOException {
    inside = new InProcessGateway(workers);
    server =
        new GatewayServer(
            config,
            inside.services,
            new GatewayServer.CallExecutors(calls, control),
            timers,
            nanos::get);
    server.start();
    server.setServing(true);
  }

  SocketGateway(FakeWorkers workers) throws IOException {
    this(workers, InProcessGateway.SERVER);
  }

  int port() {
    return server.port();
  }

  /** A connection of its own. */
  ManagedChannel connect() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port())
            .usePlaintext()
            .maxInboundMetadataSize(1 << 20)
            .build();
    channels.add(channel);
    return channel;
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    try {
      server.drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    calls.shutdownNow();
    control.shutdownNow();
    inside.close();
  }
}
