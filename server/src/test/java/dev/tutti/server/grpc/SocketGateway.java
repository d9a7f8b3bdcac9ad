package dev.tutti.server.grpc;

import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.server.grpc.call.CallExecutors;
import dev.tutti.server.grpc.call.ConnectionLog;
import dev.tutti.server.grpc.call.Health;
import dev.tutti.server.grpc.call.Listener;
import dev.tutti.server.grpc.call.ServerConfig;
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
  final Health health;
  final Listener listener;
  private final InProcessGateway inside;
  private final ConnectionLog connectionLog;
  private final ExecutorService control = Executors.newFixedThreadPool(1);
  private final List<ManagedChannel> channels = new ArrayList<>();

  SocketGateway(FakeWorkers workers, ServerConfig config) throws IOException {
    inside = new InProcessGateway(workers);
    health = new Health(inside.services);
    connectionLog = ConnectionLog.attach(line -> {}, nanos::get);
    listener = listen(config);
    health.setServing(true);
  }

  SocketGateway(FakeWorkers workers) throws IOException {
    this(workers, InProcessGateway.SERVER);
  }

  /** The same services at another address; not closed with this. */
  Listener listen(ServerConfig config) throws IOException {
    CallExecutors executors = new CallExecutors(calls, control);
    Listener added = new Listener(config, inside.services, health, executors, timers, nanos::get);
    added.start();
    return added;
  }

  int port() {
    return listener.port();
  }

  /** A connection of its own. */
  ManagedChannel connect() {
    return connect(port());
  }

  ManagedChannel connect(int port) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
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
      listener.drain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    calls.shutdownNow();
    control.shutdownNow();
    connectionLog.close();
    inside.close();
  }
}
