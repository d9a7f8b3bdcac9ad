package dev.tutti.server.grpc.call;

import dev.tutti.server.error.StoppingException;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * One listening gRPC server: an address, the services behind it with health and reflection, and the
 * limits of its connections and calls. Another address is another listener.
 */
public final class Listener {
  /** What a connection may send before any of it is taken. */
  public static final int FLOW_CONTROL_WINDOW = 512 << 10;

  private static final int MAX_CALLS_PER_CONNECTION = 1000;

  /** Beyond the limit that is answered with a status, the transport answers HTTP 431. */
  private static final int TRANSPORT_HEADER_FACTOR = 8;

  private static final int SWEEPS_PER_TIMEOUT = 4;

  /** For a last status to reach those who still read. */
  private static final int LAST_WORDS_SECONDS = 1;

  private final ServerConfig config;
  private final Health health;
  private final OpenCalls calls = new OpenCalls();

  /** Of health and reflection, whose ends nobody has to wait for. */
  private final OpenCalls asideCalls = new OpenCalls();

  private final Server server;
  private final ScheduledExecutorService scheduler;
  private final LongSupplier nanoClock;

  /**
   * @param health what is said of these services, here and at other listeners
   * @param scheduler runs short tasks
   */
  public Listener(
      ServerConfig config,
      Services services,
      Health health,
      CallExecutors executors,
      ScheduledExecutorService scheduler,
      LongSupplier nanoClock) {
    this.config = config;
    this.health = health;
    this.scheduler = scheduler;
    this.nanoClock = nanoClock;
    InFlightBytes inFlight = new InFlightBytes(config.maxInFlightBytes());
    NettyServerBuilder builder = transport(config);
    builder
        // Calls begin here and go on where they belong.
        .executor(executors.control())
        .callExecutor(executors.byService())
        .addStreamTracerFactory(
            RequestBytes.tracers(inFlight, config.maxMessageBytes(), nanoClock));
    RequestGuard guard =
        new RequestGuard(config, inFlight, calls, nanoClock, services.requestIds());
    services.definitions().forEach(service -> builder.addService(guard.guard(service)));
    RequestGuard aside =
        new RequestGuard(config, inFlight, asideCalls, nanoClock, services.requestIds());
    Stream.of(health.service(), ProtoReflectionServiceV1.newInstance(), reflectionV1Alpha())
        .forEach(service -> builder.addService(aside.guard(service.bindService())));
    this.server = builder.build();
  }

  /** The limits of connections: what one can hold is bounded before any of it is looked at. */
  private static NettyServerBuilder transport(ServerConfig config) {
    return NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
        .addTransportFilter(new Connections(config.maxConnections()))
        .initialFlowControlWindow(FLOW_CONTROL_WINDOW)
        .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
        // Our own limit is checked as bytes arrive, and answered; the transport cuts off.
        .maxInboundMessageSize(Integer.MAX_VALUE)
        .maxInboundMetadataSize(RequestGuard.MAX_HEADER_BYTES * TRANSPORT_HEADER_FACTOR)
        .keepAliveTime(30, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .permitKeepAliveTime(10, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  public void start() throws IOException {
    server.start();
    sweepLater();
  }

  /** Looks for calls whose clients have fallen silent. */
  private void sweepLater() {
    long interval = config.idleTimeout().toNanos() / SWEEPS_PER_TIMEOUT;
    scheduler.schedule(this::sweep, interval, TimeUnit.NANOSECONDS);
  }

  private void sweep() {
    if (server.isTerminated()) {
      return;
    }
    try {
      long now = nanoClock.getAsLong();
      calls.forEach(call -> call.endIfStalled(now));
      asideCalls.forEach(call -> call.endIfStalled(now));
    } finally {
      sweepLater();
    }
  }

  public int port() {
    return server.getPort();
  }

  /**
   * Takes no new calls, lets those under way finish for the drain timeout, then ends them with
   * UNAVAILABLE, so that their clients go on elsewhere. Health says at once that nothing serves, at
   * whatever listener it is asked for.
   */
  public void drain() throws InterruptedException {
    if (server.isShutdown()) {
      return;
    }
    health.end();
    server.shutdown();
    // Who watches health has heard now; the watch itself would never end.
    asideCalls.forEach(call -> call.refuse(new StoppingException()));
    if (!server.awaitTermination(config.drainTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
      calls.forEach(call -> call.refuse(new StoppingException()));
      if (!server.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
        server.awaitTermination(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  /** Older tools, grpcurl before 1.8.8 among them, know only this one. */
  @SuppressWarnings("deprecation")
  private static BindableService reflectionV1Alpha() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }
}
