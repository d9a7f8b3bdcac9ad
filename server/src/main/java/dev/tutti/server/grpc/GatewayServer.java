package dev.tutti.server.grpc;

import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.Banks;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.classify.Spectrograms;
import dev.tutti.server.dispatch.WorkerPool;
import dev.tutti.server.error.StoppingException;
import dev.tutti.server.grpc.call.AdminInterceptor;
import dev.tutti.server.grpc.call.CallEpochInterceptor;
import dev.tutti.server.grpc.call.Callers;
import dev.tutti.server.grpc.call.ConnectionLog;
import dev.tutti.server.grpc.call.Connections;
import dev.tutti.server.grpc.call.InFlightBytes;
import dev.tutti.server.grpc.call.OpenCalls;
import dev.tutti.server.grpc.call.RequestBytes;
import dev.tutti.server.grpc.call.RequestGuard;
import dev.tutti.server.reload.CallEpochs;
import dev.tutti.server.reload.LoadedEditions;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.EvaluationServiceGrpc;
import dev.tutti.v1.SpectrogramServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The public gRPC server: all endpoints, health and reflection. */
public final class GatewayServer {
  /** What a connection may send before any of it is taken. */
  public static final int FLOW_CONTROL_WINDOW = 512 << 10;

  private static final int MAX_CALLS_PER_CONNECTION = 1000;

  /** Beyond the limit that is answered with a status, the transport answers HTTP 431. */
  private static final int TRANSPORT_HEADER_FACTOR = 8;

  private static final int SWEEPS_PER_TIMEOUT = 4;

  /** For a last status to reach those who still read. */
  private static final int LAST_WORDS_SECONDS = 1;

  private static final Logger log = LoggerFactory.getLogger(GatewayServer.class);

  private final ServerConfig config;
  private final HealthStatusManager health = new HealthStatusManager();
  private final List<BindableService> endpoints;
  private final OpenCalls calls = new OpenCalls();

  /** Of health and reflection, whose ends nobody has to wait for. */
  private final OpenCalls asideCalls = new OpenCalls();

  private final Server server;
  private final ScheduledExecutorService scheduler;
  private final LongSupplier nanoClock;
  private ConnectionLog connectionLog;
  private boolean serving;
  private boolean broken;

  /**
   * What the endpoints call.
   *
   * @param reload replaces the models
   * @param workers all workers and how to steer them
   * @param load what workers do now
   * @param calls hears of every call
   */
  public record Services(
      Banks banks,
      Classifier classifier,
      Spectrograms spectrograms,
      EvaluationServices evaluation,
      Supplier<CompletableFuture<Bank>> reload,
      LoadedEditions workers,
      WorkerPool load,
      CallEpochs calls) {}

  /**
   * Where calls run.
   *
   * @param calls work on clips
   * @param control health, reflection and what steers the server, which answer whatever the work
   */
  public record CallExecutors(Executor calls, Executor control) {}

  public GatewayServer(
      ServerConfig config,
      Services services,
      CallExecutors executors,
      ScheduledExecutorService scheduler,
      LongSupplier nanoClock) {
    this.config = config;
    this.scheduler = scheduler;
    this.nanoClock = nanoClock;
    this.endpoints =
        List.of(
            new ClassificationEndpoint(
                services.banks(), services.classifier(), services.load().outlook(), nanoClock),
            new EvaluationEndpoint(services.evaluation()),
            new ModelEndpoint(services.banks(), services.reload()),
            new SpectrogramEndpoint(services.banks(), services.spectrograms()),
            new WorkerAdminEndpoint(services.workers(), services.load()));
    InFlightBytes inFlight = new InFlightBytes(config.maxInFlightBytes());
    NettyServerBuilder builder = transport(config);
    builder
        // Calls begin here and go on where they belong.
        .executor(executors.control())
        .callExecutor(executorOf(executors))
        .addStreamTracerFactory(
            RequestBytes.tracers(inFlight, config.maxMessageBytes(), nanoClock));
    RequestGuard guard = new RequestGuard(config, inFlight, calls, nanoClock);
    ServerInterceptor admin = new AdminInterceptor(config.admin());
    ServerInterceptor epochs = new CallEpochInterceptor(services.calls());
    endpoints.forEach(
        endpoint ->
            builder.addService(
                guard.guard(ServerInterceptors.intercept(endpoint, new Callers(), epochs, admin))));
    RequestGuard aside = new RequestGuard(config, inFlight, asideCalls, nanoClock);
    Stream.of(
            health.getHealthService(), ProtoReflectionServiceV1.newInstance(), reflectionV1Alpha())
        .forEach(service -> builder.addService(aside.guard(service.bindService())));
    this.server = builder.build();
    setServing(false);
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

  private static ServerCallExecutorSupplier executorOf(CallExecutors executors) {
    Set<String> work =
        Set.of(
            ClassificationServiceGrpc.SERVICE_NAME,
            EvaluationServiceGrpc.SERVICE_NAME,
            SpectrogramServiceGrpc.SERVICE_NAME);
    return new ServerCallExecutorSupplier() {
      @Override
      public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
        return work.contains(call.getMethodDescriptor().getServiceName())
            ? executors.calls()
            : executors.control();
      }
    };
  }

  public void start() throws IOException {
    connectionLog = ConnectionLog.attach(log::warn, nanoClock);
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

  /** What {@code grpc.health.v1} says, for the server as a whole and for each service. */
  public synchronized void setServing(boolean serving) {
    this.serving = serving;
    announce();
  }

  /** Something is broken for good: health says so until the gateway is started anew. */
  public synchronized void setBroken() {
    broken = true;
    announce();
  }

  private void announce() {
    ServingStatus status = serving && !broken ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    endpoints.forEach(
        endpoint ->
            health.setStatus(endpoint.bindService().getServiceDescriptor().getName(), status));
  }

  /**
   * Takes no new calls, lets those under way finish for the drain timeout, then ends them with
   * UNAVAILABLE, so that their clients go on elsewhere.
   */
  public void drain() throws InterruptedException {
    if (server.isShutdown()) {
      return;
    }
    health.enterTerminalState();
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
    if (connectionLog != null) {
      connectionLog.close();
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
