package dev.tutti.server;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.server.async.Closeables;
import dev.tutti.server.async.Executors;
import dev.tutti.server.async.ThreadDeaths;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.ServedBanks;
import dev.tutti.server.batching.Batcher;
import dev.tutti.server.cache.ProbabilityKey;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.classify.ClipSpectrogram;
import dev.tutti.server.classify.DspPool;
import dev.tutti.server.classify.Spectrograms;
import dev.tutti.server.device.CudaGpus;
import dev.tutti.server.device.DevicePlan;
import dev.tutti.server.device.Machine;
import dev.tutti.server.device.NvidiaSmi;
import dev.tutti.server.device.ProgramStarter;
import dev.tutti.server.dispatch.WorkerPool;
import dev.tutti.server.evaluate.DataSets;
import dev.tutti.server.evaluate.EvaluationSlots;
import dev.tutti.server.evaluate.MixtureClassifier;
import dev.tutti.server.grpc.EvaluationServices;
import dev.tutti.server.grpc.GatewayServer;
import dev.tutti.server.grpc.call.Idling;
import dev.tutti.server.reload.BankReloader;
import dev.tutti.server.reload.CallEpochs;
import dev.tutti.server.reload.FirstLoad;
import dev.tutti.server.reload.LoadedEditions;
import dev.tutti.server.reload.ProcMemory;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/** The whole gateway: puts its parts together, starts them in order and closes them in reverse. */
public final class Gateway implements AutoCloseable {
  private static final int WORKER_IO_THREADS = 2;
  private static final int KEY_BYTES = 160;

  private static final int SHORT_QUEUE = 16;
  private static final int CONTROL_THREADS = 2;
  private static final int CONTROL_QUEUE = 1024;

  /** Between two samples of a client that works for each of them. */
  private static final Duration IDLE_GRACE = Duration.ofSeconds(2);

  private final Closeables closeables = new Closeables();
  private final ThreadDeaths deaths = new ThreadDeaths();
  private final Executors executors = new Executors(deaths);
  private final FirstLoad models;
  private final LoadedEditions editions;
  private final VersionWatch watch;
  private final GatewayServer server;
  private final Duration watchInterval;

  /**
   * Builds a gateway; nothing runs before {@link #start}.
   *
   * @throws dev.tutti.server.config.InvalidSettingException for a device or a version of the models
   *     that is not there, and for settings that need more memory than there is
   */
  public Gateway(GatewayConfig config) throws IOException {
    DirectMemory.check(config, DirectMemory.ofThisProcess());
    try {
      ScheduledExecutorService scheduler =
          closeables.addExecutor("scheduler", executors.scheduler("gateway-timer"));
      WorkerChannels channels =
          closeables.add("worker channels", new WorkerChannels(WORKER_IO_THREADS));
      ServedBanks banks = new ServedBanks(config.models().name(), config.models().labels());
      WorkerPool pool =
          closeables.add(
              "worker pool",
              new WorkerPool(config.dispatch(), banks, channels::open, Clock.systemUTC()));
      Batcher batcher =
          closeables.add(
              "batcher", new Batcher(config.batching(), pool, scheduler, System::nanoTime));
      editions = new LoadedEditions(pool, fleets(config, channels, scheduler));
      closeables.add("workers", editions, workers -> workers.stop().join());
      ExecutorService files =
          closeables.addExecutor("files", executors.refusing("files", 1, SHORT_QUEUE));
      CallEpochs calls = new CallEpochs();
      BankReloader reloader =
          new BankReloader(
              config.models(),
              new BankReloader.Parts(
                  banks, pool, editions, calls, new ProcMemory(Path.of("/")), files));
      models = new FirstLoad(config.models(), banks, editions);
      watchInterval = config.models().watch();
      watch =
          new VersionWatch(
              new VersionFolder(config.models().path()),
              watchInterval,
              () -> reloader.tryReload().isPresent(),
              scheduler,
              files);
      DspPool dsp = closeables.add("DSP pool", new DspPool(config.dsp()));
      Dispatch dispatch = new Dispatch(banks, pool, batcher, editions, reloader, calls);
      server =
          closeables.add("server", serve(config, dispatch, dsp, scheduler), GatewayServer::drain);
      pool.onSize(open -> server.setServing(open > 0));
      deaths.onDeath(server::setBroken);
    } catch (IOException | RuntimeException | Error e) {
      closeables.close();
      throw e;
    }
  }

  /** From requests to workers. */
  private record Dispatch(
      ServedBanks banks,
      WorkerPool pool,
      Batcher batcher,
      LoadedEditions editions,
      BankReloader reloader,
      CallEpochs calls) {}

  private WorkerFleets fleets(
      GatewayConfig config, WorkerChannels channels, ScheduledExecutorService scheduler)
      throws IOException {
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

  private GatewayServer serve(
      GatewayConfig config, Dispatch dispatch, DspPool dsp, ScheduledExecutorService scheduler) {
    Spectrograms spectrograms =
        new Spectrograms(
            new SharedCache<ContentDigest, ClipSpectrogram>(
                config.cache().spectrogramBytes(),
                (key, clip) -> KEY_BYTES + clip.spectrogram().values().length * Float.BYTES),
            dsp,
            config.dsp().maxClipSeconds());
    SharedCache<ProbabilityKey, float[]> probabilities =
        new SharedCache<>(
            config.cache().probabilityBytes(),
            (key, row) -> 2 * KEY_BYTES + row.length * Float.BYTES);
    Classifier classifier = new Classifier(spectrograms, probabilities, dispatch.batcher());
    EvaluationServices evaluation =
        evaluation(
            config,
            dispatch.banks(),
            classifier,
            new MixtureClassifier(spectrograms, dsp, classifier),
            scheduler);
    return new GatewayServer(
        config.server(),
        new GatewayServer.Services(
            dispatch.banks(),
            classifier,
            spectrograms,
            evaluation,
            dispatch.reloader()::reload,
            dispatch.editions(),
            dispatch.pool(),
            dispatch.calls()),
        new GatewayServer.CallExecutors(
            closeables.addExecutor(
                "calls",
                executors.slowing("call", config.server().threads(), config.server().maxCalls())),
            closeables.addExecutor(
                "control", executors.slowing("control", CONTROL_THREADS, CONTROL_QUEUE))),
        scheduler,
        System::nanoTime);
  }

  private EvaluationServices evaluation(
      GatewayConfig config,
      ServedBanks banks,
      Classifier classifier,
      MixtureClassifier mixtures,
      ScheduledExecutorService scheduler) {
    ExecutorService dataSets =
        closeables.addExecutor("data sets", executors.refusing("dataset", 1, SHORT_QUEUE));
    // Each evaluation is a call and waits in line once, so what fits is never refused.
    ExecutorService evaluations =
        closeables.addExecutor(
            "evaluations",
            executors.slowing(
                "evaluate", config.evaluate().maxConcurrent(), config.server().maxCalls()));
    return new EvaluationServices(
        banks,
        classifier,
        mixtures,
        new DataSets(config.dataSets(), dataSets),
        new EvaluationSlots(config.evaluate().maxConcurrent(), config.evaluate().maxOpenPerPeer()),
        config.evaluate(),
        () -> MoreExecutors.newSequentialExecutor(evaluations),
        new Idling(scheduler, System::nanoTime, IDLE_GRACE, config.server().idleTimeout()),
        Clock.systemUTC());
  }

  /** Starts workers and listens; calls are answered UNAVAILABLE until a worker is ready. */
  public void start() throws IOException {
    // Threads of libraries, too: the process is this gateway's.
    Thread.setDefaultUncaughtExceptionHandler(deaths);
    server.start();
    models.start();
    if (!watchInterval.isZero()) {
      models.serving().thenRun(watch::start);
    }
  }

  /**
   * Completes with the bank once a worker serves it, or fails with {@code UnavailableException}
   * when all workers have been given up, of every version.
   */
  public CompletableFuture<Bank> whenReady() {
    return models.serving();
  }

  public int port() {
    return server.port();
  }

  /** All workers, those that were started first in front. */
  public List<LoadedEditions.Worker> workers() {
    return editions.workers();
  }

  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  /** Drains calls, then workers, then the rest. Idempotent. */
  @Override
  public void close() {
    closeables.close();
  }
}
