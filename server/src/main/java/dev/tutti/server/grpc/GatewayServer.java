package dev.tutti.server.grpc;

import dev.tutti.server.classify.Classifier;
import dev.tutti.server.classify.Spectrograms;
import dev.tutti.server.dispatch.ServedBanks;
import dev.tutti.server.dispatch.WorkerPool;
import dev.tutti.server.reload.BankReloader;
import dev.tutti.server.reload.CallEpochs;
import dev.tutti.server.reload.Lineup;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The public gRPC server: all endpoints, health and reflection. */
public final class GatewayServer {
  /** Beyond the limit that is answered politely, the transport cuts off. */
  private static final int TRANSPORT_LIMIT_FACTOR = 2;

  private final ServerConfig config;
  private final HealthStatusManager health = new HealthStatusManager();
  private final List<BindableService> endpoints;
  private final Server server;

  /**
   * What the endpoints call.
   *
   * @param reloader replaces the models
   * @param workers all workers and how to steer them
   * @param load what workers do now
   * @param calls hears of every call
   */
  public record Services(
      ServedBanks banks,
      Classifier classifier,
      Spectrograms spectrograms,
      EvaluationServices evaluation,
      BankReloader reloader,
      Lineup workers,
      WorkerPool load,
      CallEpochs calls) {}

  public GatewayServer(
      ServerConfig config, Services services, Executor executor, LongSupplier nanoClock) {
    this.config = config;
    this.endpoints =
        List.of(
            new ClassificationEndpoint(
                services.banks(), services.classifier(), services.load().outlook(), nanoClock),
            new EvaluationEndpoint(services.evaluation()),
            new ModelEndpoint(services.banks(), services.reloader()::reload),
            new SpectrogramEndpoint(services.banks(), services.spectrograms()),
            new WorkerAdminEndpoint(services.workers(), services.load()));
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(new InetSocketAddress(config.host(), config.port()))
            .executor(executor)
            .maxInboundMessageSize(config.maxMessageBytes() * TRANSPORT_LIMIT_FACTOR)
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .addService(reflectionV1Alpha());
    ServerInterceptor sizeLimit = new MessageSizeInterceptor(config.maxMessageBytes());
    ServerInterceptor inFlightLimit = new InFlightBytesInterceptor(config.maxInFlightBytes());
    ServerInterceptor admin = new AdminInterceptor(config.admin());
    ServerInterceptor epochs = new CallEpochInterceptor(services.calls());
    endpoints.forEach(
        endpoint ->
            builder.addService(
                ServerInterceptors.intercept(
                    endpoint, new Callers(), epochs, inFlightLimit, sizeLimit, admin)));
    this.server = builder.build();
    setServing(false);
  }

  public void start() throws IOException {
    server.start();
  }

  public int port() {
    return server.getPort();
  }

  /** What {@code grpc.health.v1} says, for the server as a whole and for each service. */
  public void setServing(boolean serving) {
    ServingStatus status = serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    endpoints.forEach(
        endpoint ->
            health.setStatus(endpoint.bindService().getServiceDescriptor().getName(), status));
  }

  /** Takes no new calls, lets those under way finish for the drain timeout, then ends them. */
  public void drain() throws InterruptedException {
    health.enterTerminalState();
    server.shutdown();
    if (!server.awaitTermination(config.drainTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
      server.awaitTermination(1, TimeUnit.SECONDS);
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
