package dev.tutti.server;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tutti.server.async.Closeables;
import dev.tutti.server.async.Executors;
import dev.tutti.server.evaluate.DataSets;
import dev.tutti.server.evaluate.Evaluations;
import dev.tutti.server.evaluate.Idling;
import dev.tutti.server.grpc.ClassificationEndpoint;
import dev.tutti.server.grpc.EvaluationEndpoint;
import dev.tutti.server.grpc.ModelEndpoint;
import dev.tutti.server.grpc.SpectrogramEndpoint;
import dev.tutti.server.grpc.WorkerAdminEndpoint;
import dev.tutti.server.grpc.call.CallExecutors;
import dev.tutti.server.grpc.call.ConnectionLog;
import dev.tutti.server.grpc.call.Health;
import dev.tutti.server.grpc.call.Listener;
import dev.tutti.server.grpc.call.RequestIds;
import dev.tutti.server.grpc.call.ServerConfig;
import dev.tutti.server.grpc.call.Services;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clients knock at: the endpoints, where their calls run, and who listens for them. */
final class Doors implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Doors.class);
  private static final int DATA_SET_QUEUE = 16;
  private static final int CONTROL_THREADS = 2;
  private static final int CONTROL_QUEUE = 1024;

  /** Between two samples of a client that works for each of them. */
  private static final Duration IDLE_GRACE = Duration.ofSeconds(2);

  private final Closeables closeables = new Closeables(Gateway.CLOSE_LIMIT, log::warn);
  private final Health health;
  private final Listener listener;

  /** Nothing listens before {@link #open}. */
  Doors(
      GatewayConfig config,
      WorkerSide workers,
      ClassifySide classify,
      Executors executors,
      ScheduledExecutorService scheduler) {
    try {
      ServerConfig server = config.server();
      CallExecutors calls =
          new CallExecutors(
              closeables.addExecutor(
                  "calls", executors.slowing("call", server.threads(), server.maxCalls())),
              closeables.addExecutor(
                  "control", executors.slowing("control", CONTROL_THREADS, CONTROL_QUEUE)));
      Services services =
          new Services(
              workers.calls(),
              server.admin(),
              System::nanoTime,
              new RequestIds(() -> ThreadLocalRandom.current().nextLong()));
      services
          .add(
              new ClassificationEndpoint(
                  workers.banks(),
                  classify.classifier(),
                  workers.pool().outlook(),
                  System::nanoTime))
          .add(evaluation(config, workers, classify, executors, scheduler))
          .add(new ModelEndpoint(workers.banks(), workers::reload))
          .add(new SpectrogramEndpoint(workers.banks(), classify.spectrograms()))
          .add(new WorkerAdminEndpoint(workers.editions(), workers.pool()));
      health = new Health(services);
      closeables.add(
          "connection log",
          ConnectionLog.attach(log::warn, System::nanoTime),
          Gateway.CLOSE_LIMIT,
          ConnectionLog::close);
      listener =
          closeables.add(
              "listener",
              new Listener(server, services, health, calls, scheduler, System::nanoTime),
              server.drainTimeout().plus(Gateway.CLOSE_LIMIT),
              Listener::drain);
    } catch (RuntimeException | Error e) {
      closeables.close();
      throw e;
    }
  }

  private EvaluationEndpoint evaluation(
      GatewayConfig config,
      WorkerSide workers,
      ClassifySide classify,
      Executors executors,
      ScheduledExecutorService scheduler) {
    ExecutorService dataSets =
        closeables.addExecutor("data sets", executors.refusing("dataset", 1, DATA_SET_QUEUE));
    // Each evaluation is a call and waits in line once, so what fits is never refused.
    ExecutorService evaluations =
        closeables.addExecutor(
            "evaluations",
            executors.slowing(
                "evaluate", config.evaluate().maxConcurrent(), config.server().maxCalls()));
    return new EvaluationEndpoint(
        workers.banks(),
        classify.classifier(),
        classify.mixtures(),
        new DataSets(config.dataSets(), dataSets),
        new Evaluations(
            config.evaluate(),
            () -> MoreExecutors.newSequentialExecutor(evaluations),
            new Idling(scheduler, System::nanoTime, IDLE_GRACE, config.server().idleTimeout()),
            workers.pool().outlook(),
            Clock.systemUTC()));
  }

  void open() throws IOException {
    listener.start();
  }

  /** What the doors say of what is behind them. */
  Health health() {
    return health;
  }

  int port() {
    return listener.port();
  }

  void awaitTermination() throws InterruptedException {
    listener.awaitTermination();
  }

  /** Takes no new calls and lets those under way finish, for the drain timeout at most. */
  @Override
  public void close() {
    closeables.close();
  }
}
