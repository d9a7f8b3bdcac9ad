package dev.tutti.server.grpc;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tutti.server.async.CallEpochs;
import dev.tutti.server.bank.ServedBanks;
import dev.tutti.server.batching.BatchPolicy;
import dev.tutti.server.batching.Batcher;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.classify.DspConfig;
import dev.tutti.server.classify.DspPool;
import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.server.classify.Spectrograms;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.dispatch.DispatchConfig;
import dev.tutti.server.dispatch.WorkerPool;
import dev.tutti.server.evaluate.DataSets;
import dev.tutti.server.evaluate.EvaluationConfig;
import dev.tutti.server.evaluate.Evaluations;
import dev.tutti.server.evaluate.Idling;
import dev.tutti.server.evaluate.MixtureClassifier;
import dev.tutti.server.grpc.call.AdminAccess;
import dev.tutti.server.grpc.call.Callers;
import dev.tutti.server.grpc.call.InFlightBytes;
import dev.tutti.server.grpc.call.OpenCalls;
import dev.tutti.server.grpc.call.RequestGuard;
import dev.tutti.server.grpc.call.RequestIds;
import dev.tutti.server.grpc.call.ServerConfig;
import dev.tutti.server.grpc.call.Services;
import dev.tutti.server.time.BreakableClock;
import dev.tutti.server.time.SteppedTime;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The endpoints over fake workers, in this process and on the caller's thread. */
final class InProcessGateway implements AutoCloseable {
  static final int MAX_MESSAGE_BYTES = 1 << 20;
  static final int MAX_IN_FLIGHT_BYTES = 2 << 20;

  /** What requests are called that come without an id. */
  static final long MADE_ID = 0xabc;

  static final Duration IDLE_GRACE = Duration.ofSeconds(2);
  static final ServerConfig SERVER =
      new ServerConfig(
          "127.0.0.1",
          0,
          MAX_MESSAGE_BYTES,
          MAX_IN_FLIGHT_BYTES,
          2,
          100,
          Duration.ofSeconds(60),
          1,
          AdminAccess.LOCAL,
          Duration.ZERO);
  static final EvaluationConfig EVALUATE = new EvaluationConfig(8, 1 << 20, 1, 4);

  final SteppedTime time = new SteppedTime();

  /** That of evaluations. */
  final BreakableClock clock = new BreakableClock(time.clock());

  final Batcher batcher;
  final ManagedChannel channel;
  private final DspPool pool = new DspPool(new DspConfig(1, 100, 1 << 20, 60), time::nanos);
  private final RequestIds requestIds = new RequestIds(() -> MADE_ID);
  final Services services = new Services(new CallEpochs(), SERVER.admin(), time::nanos, requestIds);
  final OpenCalls calls = new OpenCalls();
  private final Server server;

  InProcessGateway(FakeWorkers workers) throws IOException {
    this(workers, Map.of());
  }

  InProcessGateway(FakeWorkers workers, Map<String, Path> dataSets) throws IOException {
    batcher = new Batcher(BatchPolicy.DEFAULT, workers, time, time::nanos);
    Spectrograms spectrograms =
        new Spectrograms(new SharedCache<>(1 << 20, (key, clip) -> 1), pool, 60);
    Classifier classifier =
        new Classifier(spectrograms, new SharedCache<>(1 << 20, (key, row) -> 1), batcher);
    WorkerPool noWorkers =
        new WorkerPool(
            new DispatchConfig(1, Duration.ofMinutes(1)),
            new ServedBanks("default", Map.of()),
            address -> {
              throw new IllegalStateException("there are no workers");
            },
            time.clock(),
            time::nanos);
    List<BindableService> endpoints =
        List.of(
            new ClassificationEndpoint(
                TestBank.banks(), classifier, noWorkers.outlook(), time::nanos),
            new EvaluationEndpoint(
                TestBank.banks(),
                classifier,
                new MixtureClassifier(spectrograms, pool, classifier),
                new DataSets(dataSets, Runnable::run),
                new Evaluations(
                    EVALUATE,
                    () -> MoreExecutors.newSequentialExecutor(Runnable::run),
                    new Idling(time, time::nanos, IDLE_GRACE, SERVER.idleTimeout()),
                    noWorkers.outlook(),
                    clock)),
            new ModelEndpoint(
                TestBank.banks(), () -> CompletableFuture.completedFuture(TestBank.BANK)),
            new SpectrogramEndpoint(TestBank.banks(), spectrograms),
            new WorkerAdminEndpoint(null, noWorkers));
    endpoints.forEach(services::add);
    String name = InProcessServerBuilder.generateName();
    InProcessServerBuilder builder =
        InProcessServerBuilder.forName(name).directExecutor().scheduledExecutorService(time);
    RequestGuard guard =
        new RequestGuard(
            SERVER, new InFlightBytes(MAX_IN_FLIGHT_BYTES), calls, time::nanos, requestIds);
    endpoints.forEach(
        endpoint ->
            builder.addService(
                guard.guard(ServerInterceptors.intercept(endpoint, new Callers(time::nanos)))));
    server = builder.build().start();
    channel =
        InProcessChannelBuilder.forName(name)
            .directExecutor()
            .scheduledExecutorService(time)
            .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    pool.close();
  }
}
