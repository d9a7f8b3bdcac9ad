package dev.tutti.server.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.async.CallEpochs;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.ServedBanks;
import dev.tutti.server.config.InvalidSettingException;
import dev.tutti.server.dispatch.DispatchConfig;
import dev.tutti.server.dispatch.FakeInferenceWorker;
import dev.tutti.server.dispatch.WorkerPool;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading and replacing models, with two workers an edition that do what the test says. */
class BankReloaderTest {
  private final FakeFleets fleets = new FakeFleets();
  private final CallEpochs calls = new CallEpochs();
  private Map<String, Integer> labels = Map.of();
  private ServedBanks banks;
  private WorkerPool pool;
  private LoadedEditions editions;
  private FirstLoad first;
  private BankReloader reloader;
  private long freeBytes = Long.MAX_VALUE;

  @TempDir private Path folder;

  @AfterEach
  void close() {
    if (pool != null) {
      pool.close();
    }
    fleets.close();
  }

  @Test
  void theNewVersionServesWhenItsLastWorkerHasPassedTheTrial() throws IOException {
    serveVersionOne();
    addVersion(2);
    CompletableFuture<Bank> reloaded = reloader.reload();
    fleets.passTrial(2);
    assertEquals(1, banks.require("").version());
    fleets.comeUp(3);
    assertFalse(reloaded.isDone());
    fleets.workers.get(3).answerValue(1);
    assertEquals(FakeFleets.digest(2), reloaded.join().digest());
    assertEquals(2, banks.require("").version());
    assertTrue(pool.tryAcquire(FakeFleets.digest(2)).isPresent());
  }

  @Test
  void theOldWorkersEndAfterTheLastCallThatBeganBefore() throws IOException {
    serveVersionOne();
    Runnable callEnds = calls.begin();
    addVersion(2);
    CompletableFuture<Bank> reloaded = reloader.reload();
    fleets.passTrial(2);
    fleets.passTrial(3);
    assertTrue(reloaded.isDone());
    assertFalse(fleets.terminated(0) || fleets.terminated(1));
    assertTrue(pool.tryAcquire(FakeFleets.digest(1)).isPresent());
    callEnds.run();
    assertTrue(fleets.terminated(0) && fleets.terminated(1));
    fleets.end(0, 0, "");
    fleets.end(1, 0, "");
    assertEquals(
        List.of(2, 2), editions.workers().stream().map(LoadedEditions.Worker::version).toList());
  }

  @Test
  void aVersionWhoseWorkerEndsIsRefusedAndItsWorkersAreGone() throws IOException {
    serveVersionOne();
    addVersion(2);
    CompletableFuture<Bank> reloaded = reloader.reload();
    fleets.passTrial(2);
    fleets.end(3, 2, "family_bass_classifier.h5 is broken");
    assertTrue(fleets.terminated(2));
    assertFalse(reloaded.isDone());
    fleets.end(2, 0, "");
    String reason = refusal(reloaded);
    assertTrue(reason.contains("version 2") && reason.contains("family_bass"), reason);
    assertEquals(1, banks.require("").version());
    assertEquals(2, editions.workers().size());
  }

  @Test
  void aVersionWhoseWorkerIsDrainedBeforeItServesIsRefused() throws IOException {
    serveVersionOne();
    addVersion(2);
    CompletableFuture<Bank> reloaded = reloader.reload();
    fleets.passTrial(2);
    editions.drain("worker-3");
    fleets.end(3, 0, "");
    fleets.end(2, 0, "");
    assertTrue(refusal(reloaded).contains("drained on request"));
    assertEquals(1, banks.require("").version());
  }

  @Test
  void whoeverDrainsTheLastWorkerTakesTheBankAway() throws IOException {
    serveVersionOne();
    editions.drain("worker-0");
    fleets.end(0, 0, "");
    assertTrue(banks.preferred().orElseThrow().refusal().isEmpty());
    CompletableFuture<LoadedEditions.Worker> drained = editions.drain("worker-1");
    fleets.end(1, 0, "");
    assertTrue(drained.isDone());
    assertTrue(banks.preferred().orElseThrow().refusal().isPresent());
  }

  @Test
  void aVersionThatAnswersNoProbabilityIsRefused() throws IOException {
    serveVersionOne();
    addVersion(2);
    CompletableFuture<Bank> reloaded = reloader.reload();
    fleets.comeUp(2);
    fleets.workers.get(2).answerValue(Float.NaN);
    fleets.end(3, 0, "");
    assertTrue(refusal(reloaded).contains("NaN"));
    assertTrue(pool.tryAcquire(FakeFleets.digest(1)).isPresent());
  }

  @Test
  void oneReloadAtATimeAndAnotherAfterIt() throws IOException {
    serveVersionOne();
    addVersion(2);
    CompletableFuture<Bank> reloaded = reloader.reload();
    assertTrue(refusal(reloader.reload()).contains("already"));
    assertTrue(reloader.tryReload().isEmpty());
    fleets.passTrial(2);
    fleets.passTrial(3);
    assertTrue(reloaded.isDone());
    assertTrue(reloader.tryReload().isPresent());
  }

  @Test
  void nothingIsStartedWhereMemoryIsShort() throws IOException {
    serveVersionOne();
    addVersion(2);
    freeBytes = (300 << 20) - 1;
    String reason = refusal(reloader.reload());
    assertTrue(reason.contains("300 MiB") && reason.contains("models.reload-memory"), reason);
    assertEquals(2, fleets.workers.size());
  }

  @Test
  void atFirstTheNewestVersionThatCanBeLoadedServes() throws IOException {
    addVersion(1);
    addVersion(2);
    open();
    first.start();
    fleets.end(0, 2, "no models");
    fleets.end(1, 2, "no models");
    fleets.comeUp(2);
    assertEquals(1, first.serving().join().version());
    assertEquals(1, banks.require("").version());
  }

  @Test
  void noVersionThatCanBeLoadedIsTheEnd() throws IOException {
    addVersion(1);
    open();
    first.start();
    fleets.end(0, 2, "no models");
    assertFalse(first.serving().isDone());
    fleets.end(1, 2, "no models");
    CompletionException failure =
        assertThrows(CompletionException.class, () -> first.serving().join());
    assertInstanceOf(UnavailableException.class, failure.getCause());
  }

  @Test
  void aLabelledVersionServesBesideTheNewest() throws IOException {
    labels = Map.of("stable", 1);
    addVersion(1);
    addVersion(2);
    open();
    first.start();
    fleets.comeUp(0);
    fleets.comeUp(2);
    assertEquals(2, banks.require("").version());
    assertEquals(1, banks.require("default@stable").version());
  }

  @Test
  void aLabelOfNoVersionIsASettingThatIsWrong() throws IOException {
    labels = Map.of("stable", 7);
    addVersion(1);
    InvalidSettingException failure = assertThrows(InvalidSettingException.class, this::open);
    assertTrue(failure.getMessage().contains("models.label.stable"), failure.getMessage());
  }

  private void serveVersionOne() throws IOException {
    addVersion(1);
    open();
    first.start();
    fleets.comeUp(0);
    fleets.comeUp(1);
    assertEquals(1, banks.require("").version());
  }

  private void addVersion(int number) throws IOException {
    Files.createDirectory(folder.resolve(String.valueOf(number)));
  }

  private void open() throws IOException {
    ModelsConfig config =
        new ModelsConfig(folder, "default", labels, Duration.ZERO, Duration.ofHours(1), 1);
    banks = new ServedBanks("default", labels);
    pool =
        new WorkerPool(
            new DispatchConfig(2, Duration.ofMinutes(1)),
            banks,
            FakeInferenceWorker::channel,
            fleets.time.clock(),
            fleets.time::nanos);
    editions = new LoadedEditions(pool, fleets);
    first = new FirstLoad(config, banks, editions);
    reloader =
        new BankReloader(
            banks,
            pool,
            editions,
            calls,
            new ReloadCandidate(config, new Gauge(), Runnable::run),
            config.retireTimeout());
  }

  private static String refusal(CompletableFuture<Bank> reload) {
    assertTrue(reload.isDone());
    CompletionException failure = assertThrows(CompletionException.class, reload::join);
    return assertInstanceOf(FailedPreconditionException.class, failure.getCause()).getMessage();
  }

  /** Every worker has 150 MiB. */
  private final class Gauge implements MemoryGauge {
    @Override
    public OptionalLong availableBytes() {
      return OptionalLong.of(freeBytes);
    }

    @Override
    public OptionalLong residentBytes(long pid) {
      return OptionalLong.of(150 << 20);
    }
  }
}
