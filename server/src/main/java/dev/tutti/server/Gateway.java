package dev.tutti.server;

import dev.tutti.server.async.Closeables;
import dev.tutti.server.async.Executors;
import dev.tutti.server.async.ThreadDeaths;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.reload.LoadedEditions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole gateway: joins its three parts, starts them in order and closes them in reverse. */
public final class Gateway implements AutoCloseable {
  /** What one thing gets to close in, besides the time that a setting gives it. */
  static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  /** The same for one part, which closes several things. */
  private static final Duration PART_CLOSE_LIMIT = Duration.ofSeconds(30);

  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  private final Closeables closeables = new Closeables(PART_CLOSE_LIMIT, log::warn);
  private final ThreadDeaths deaths = new ThreadDeaths();
  private final WorkerSide workers;
  private final Doors doors;

  /**
   * Builds a gateway; nothing runs before {@link #start}.
   *
   * @throws dev.tutti.server.config.InvalidSettingException for a device or a version of the models
   *     that is not there, and for settings that need more memory than there is
   */
  public Gateway(GatewayConfig config) throws IOException {
    DirectMemory.check(config, DirectMemory.ofThisProcess());
    try {
      Executors executors = new Executors(deaths);
      ScheduledExecutorService scheduler =
          closeables.add(
              "scheduler",
              executors.scheduler("gateway-timer"),
              CLOSE_LIMIT,
              ExecutorService::shutdownNow);
      workers =
          closeables.add(
              "worker side",
              new WorkerSide(config, executors, scheduler),
              config.supervision().drainTimeout().plus(PART_CLOSE_LIMIT),
              WorkerSide::close);
      ClassifySide classify =
          closeables.add("classify side", new ClassifySide(config, workers.batcher()));
      doors =
          closeables.add(
              "doors",
              new Doors(config, workers, classify, executors, scheduler),
              config.server().drainTimeout().plus(PART_CLOSE_LIMIT),
              Doors::close);
      workers.pool().onSize(open -> doors.health().setServing(open > 0));
      deaths.onDeath(doors.health()::setBroken);
    } catch (IOException | RuntimeException | Error e) {
      closeables.close();
      throw e;
    }
  }

  /** Starts workers and listens; calls are answered UNAVAILABLE until a worker is ready. */
  public void start() throws IOException {
    // Threads of libraries, too: the process is this gateway's.
    Thread.setDefaultUncaughtExceptionHandler(deaths);
    doors.open();
    workers.start();
  }

  /**
   * Completes with the bank once a worker serves it, or fails with {@code UnavailableException}
   * when all workers have been given up, of every version.
   */
  public CompletableFuture<Bank> whenReady() {
    return workers.serving();
  }

  public int port() {
    return doors.port();
  }

  /** All workers, those that were started first in front. */
  public List<LoadedEditions.Worker> workers() {
    return workers.editions().workers();
  }

  public void awaitTermination() throws InterruptedException {
    doors.awaitTermination();
  }

  /** Drains calls, then workers, then the rest; says what was dropped. Idempotent. */
  @Override
  public void close() {
    closeables.close();
  }
}
