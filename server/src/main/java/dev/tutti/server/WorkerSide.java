package dev.tutti.server;

import dev.tutti.server.async.CallEpochs;
import dev.tutti.server.async.Closeables;
import dev.tutti.server.async.Executors;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.ServedBanks;
import dev.tutti.server.batching.Batcher;
import dev.tutti.server.device.CudaGpus;
import dev.tutti.server.device.DevicePlan;
import dev.tutti.server.device.Machine;
import dev.tutti.server.device.NvidiaSmi;
import dev.tutti.server.device.ProgramStarter;
import dev.tutti.server.dispatch.WorkerPool;
import dev.tutti.server.reload.BankReloader;
import dev.tutti.server.reload.FirstLoad;
import dev.tutti.server.reload.LoadedEditions;
import dev.tutti.server.reload.ProcMemory;
import dev.tutti.server.reload.ReloadCandidate;
import dev.tutti.server.reload.VersionFolder;
import dev.tutti.server.reload.VersionWatch;
import dev.tutti.server.supervision.HealthProbe;
import dev.tutti.server.supervision.SupervisionContext;
import dev.tutti.server.supervision.WorkerChannels;
import dev.tutti.server.supervision.process.OsProcessLauncher;
import dev.tutti.server.supervision.process.SocketFolder;
import dev.tutti.server.supervision.process.Spawner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a sample in a batch to the worker that answers: models, their workers, pool, batches. */
final class WorkerSide implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerSide.class);
  private static final int IO_THREADS = 2;
  private static final int FILE_QUEUE = 16;

  private final Closeables closeables = new Closeables(Gateway.CLOSE_LIMIT, log::warn);
  private final ScheduledExecutorService scheduler;
  private final CallEpochs calls = new CallEpochs();
  private final ServedBanks banks;
  private final WorkerPool pool;
  private final Batcher batcher;
  private final LoadedEditions editions;
  private final FirstLoad models;
  private final BankReloader reloader;
  private final VersionWatch watch;
  private final Duration watchInterval;

  /**
   * Nothing runs before {@link #start}.
   *
   * @throws dev.tutti.server.config.InvalidSettingException for a device or a version of the models
   *     that is not there
   */
  WorkerSide(GatewayConfig config, Executors executors, ScheduledExecutorService scheduler)
      throws IOException {
    this.scheduler = scheduler;
    try {
      WorkerChannels channels = closeables.add("worker channels", new WorkerChannels(IO_THREADS));
      banks = new ServedBanks(config.models().name(), config.models().labels());
      pool =
          closeables.add(
              "worker pool",
              new WorkerPool(
                  config.dispatch(), banks, channels::open, Clock.systemUTC(), System::nanoTime));
      batcher =
          closeables.add(
              "batcher", new Batcher(config.batching(), pool, scheduler, System::nanoTime));
      editions = new LoadedEditions(pool, fleets(config, channels));
      closeables.add(
          "workers",
          editions,
          config.supervision().drainTimeout().plus(Gateway.CLOSE_LIMIT),
          workers -> workers.stop().get());
      ExecutorService files =
          closeables.addExecutor("files", executors.refusing("files", 1, FILE_QUEUE));
      reloader =
          new BankReloader(
              banks,
              pool,
              editions,
              calls,
              new ReloadCandidate(config.models(), new ProcMemory(Path.of("/")), files),
              config.models().retireTimeout());
      models = new FirstLoad(config.models(), banks, editions);
      watchInterval = config.models().watch();
      watch =
          new VersionWatch(
              new VersionFolder(config.models().path()),
              watchInterval,
              () -> reloader.tryReload().isPresent(),
              scheduler,
              files);
    } catch (IOException | RuntimeException | Error e) {
      closeables.close();
      throw e;
    }
  }

  private WorkerFleets fleets(GatewayConfig config, WorkerChannels channels) throws IOException {
    Path sockets =
        WorkerChannels.unixSocketsAvailable()
            ? closeables
                .add(
                    "socket folder",
                    SocketFolder.create(Path.of(System.getProperty("java.io.tmpdir"))))
                .path()
            : null;
    Spawner spawner = closeables.add("spawner", Spawner.find(System.getenv()));
    CudaGpus cuda =
        config.devices().mayUseCuda()
            ? new NvidiaSmi(
                    "nvidia-smi", config.devices().discoveryTimeout(), ProgramStarter::start)
                .discover()
            : CudaGpus.none("not looked for");
    return new WorkerFleets(
        DevicePlan.slots(config.devices(), Machine.here(System.getenv(), cuda)),
        config.supervision(),
        path ->
            new SupervisionContext(
                new OsProcessLauncher(
                    config.workerCommand(),
                    path,
                    sockets,
                    config.batching().maxBatchSize(),
                    spawner),
                address -> new HealthProbe(channels.open(address)),
                scheduler,
                Clock.systemUTC(),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble()));
  }

  /** Starts the workers, and looks for newer models once these are served. */
  void start() {
    models.start();
    if (!watchInterval.isZero()) {
      models.serving().thenRun(watch::start);
    }
  }

  /** Completes with the bank once a worker serves it; see {@link FirstLoad#serving}. */
  CompletableFuture<Bank> serving() {
    return models.serving();
  }

  ServedBanks banks() {
    return banks;
  }

  WorkerPool pool() {
    return pool;
  }

  Batcher batcher() {
    return batcher;
  }

  LoadedEditions editions() {
    return editions;
  }

  /** Calls that began before a reload keep their models; every call has to tell. */
  CallEpochs calls() {
    return calls;
  }

  CompletableFuture<Bank> reload() {
    return reloader.reload();
  }

  /** Ends the workers first, each when it has finished what it has. */
  @Override
  public void close() {
    closeables.close();
  }
}
