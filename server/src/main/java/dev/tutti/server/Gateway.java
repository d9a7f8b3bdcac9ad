package dev.tutti.server;

import com.google.common.util.concurrent.MoreExecutors;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.server.batching.Batcher;
import dev.tutti.server.cache.ProbabilityKey;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.classify.Bank;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.classify.ClipSpectrogram;
import dev.tutti.server.classify.SignalPool;
import dev.tutti.server.classify.Spectrograms;
import dev.tutti.server.dispatch.ServedBank;
import dev.tutti.server.dispatch.WorkerPool;
import dev.tutti.server.evaluate.DataSets;
import dev.tutti.server.evaluate.EvaluationSlots;
import dev.tutti.server.evaluate.MixtureClassifier;
import dev.tutti.server.grpc.EvaluationServices;
import dev.tutti.server.grpc.GatewayServer;
import dev.tutti.server.supervision.DevicePlan;
import dev.tutti.server.supervision.HealthProbe;
import dev.tutti.server.supervision.OsProcessLauncher;
import dev.tutti.server.supervision.SupervisionContext;
import dev.tutti.server.supervision.WorkerChannels;
import dev.tutti.server.supervision.WorkerFleet;
import dev.tutti.server.supervision.WorkerSlot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;

/** The whole gateway: puts its parts together, starts them in order and closes them in reverse. */
public final class Gateway implements AutoCloseable {
  private static final int WORKER_IO_THREADS = 2;
  private static final int KEY_BYTES = 160;

  private final Closeables closeables = new Closeables();
  private final WorkerFleet fleet;
  private final GatewayServer server;
  private final CompletableFuture<Bank> ready;

  /** Builds a gateway; nothing runs before {@link #start}. */
  public Gateway(GatewayConfig config) throws IOException {
    ScheduledExecutorService scheduler =
        closeables.addExecutor("scheduler", Executors.scheduler("gateway-timer"));
    WorkerChannels channels =
        closeables.add("worker channels", new WorkerChannels(WORKER_IO_THREADS));
    ServedBank bank = new ServedBank(config.bankName());
    ready = bank.whenKnown();
    WorkerPool pool =
        closeables.add(
            "worker pool",
            new WorkerPool(config.dispatch(), bank, channels::open, Clock.systemUTC()));
    List<WorkerSlot> slots =
        DevicePlan.slots(
            config.devices(),
            Runtime.getRuntime().availableProcessors(),
            config.threadsPerWorker());
    Path sockets = WorkerChannels.unixSocketsAvailable() ? closeables.temporaryFolder() : null;
    SupervisionContext context =
        new SupervisionContext(
            new OsProcessLauncher(
                config.workerCommand(), config.models(), sockets, config.batching().maxBatchSize()),
            address -> new HealthProbe(channels.open(address)),
            scheduler,
            Clock.systemUTC(),
            System::nanoTime,
            () -> ThreadLocalRandom.current().nextDouble());
    Batcher batcher =
        closeables.add(
            "batcher", new Batcher(config.batching(), pool, scheduler, System::nanoTime));
    HopeWatch hope =
        new HopeWatch(
            pool,
            slots.size(),
            reason -> {
              batcher.closeWith(reason);
              bank.giveUp(reason);
            });
    fleet = new WorkerFleet(slots, config.supervision(), context, hope);
    closeables.add("workers", fleet, workers -> workers.stop().join());
    SignalPool signals = closeables.add("signal pool", new SignalPool(config.signal()));
    server =
        closeables.add("server", serve(config, bank, pool, batcher, signals), GatewayServer::drain);
    pool.onSize(open -> server.setServing(open > 0));
  }

  private GatewayServer serve(
      GatewayConfig config, ServedBank bank, WorkerPool pool, Batcher batcher, SignalPool signals) {
    Spectrograms spectrograms =
        new Spectrograms(
            new SharedCache<ContentDigest, ClipSpectrogram>(
                config.cache().spectrogramBytes(),
                (key, clip) -> KEY_BYTES + clip.spectrogram().values().length * Float.BYTES),
            signals,
            config.signal().maxClipSeconds());
    SharedCache<ProbabilityKey, float[]> probabilities =
        new SharedCache<>(
            config.cache().probabilityBytes(),
            (key, row) -> 2 * KEY_BYTES + row.length * Float.BYTES);
    Classifier classifier = new Classifier(spectrograms, probabilities, batcher);
    ExecutorService evaluations =
        closeables.addExecutor(
            "evaluations", Executors.fixed("evaluate", config.evaluate().maxConcurrent()));
    EvaluationServices evaluation =
        new EvaluationServices(
            bank,
            classifier,
            new MixtureClassifier(spectrograms, signals, classifier),
            new DataSets(config.dataSets(), evaluations),
            new EvaluationSlots(config.evaluate().maxConcurrent()),
            config.evaluate(),
            () -> MoreExecutors.newSequentialExecutor(evaluations),
            Clock.systemUTC());
    ExecutorService calls =
        closeables.addExecutor("calls", Executors.fixed("call", config.server().threads()));
    return new GatewayServer(
        config.server(),
        new GatewayServer.Services(
            bank, classifier, spectrograms, evaluation, () -> fleet.snapshots(), pool::inFlight),
        calls,
        System::nanoTime);
  }

  /** Starts workers and listens; calls are answered UNAVAILABLE until a worker is ready. */
  public void start() throws IOException {
    server.start();
    fleet.start();
  }

  /**
   * Completes with the bank once a worker serves it, or fails with {@code UnavailableException}
   * when all workers have been given up.
   */
  public CompletableFuture<Bank> whenReady() {
    return ready;
  }

  public int port() {
    return server.port();
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
