package dev.tutti.server.reload;

import dev.tutti.server.async.CallEpochs;
import dev.tutti.server.async.Futures;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.Edition;
import dev.tutti.server.bank.ServedBanks;
import dev.tutti.server.dispatch.WorkerPool;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.supervision.WorkerSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the models that are served by the newest on disk. New workers load them next to the old
 * ones; once all are warm and have passed a canary check, calls that begin from then on get the new
 * edition. Calls that began before go on with the old one, whose workers end after the last of
 * them.
 */
public final class BankReloader {
  private static final Logger log = LoggerFactory.getLogger(BankReloader.class);

  private final ServedBanks banks;
  private final WorkerPool pool;
  private final LoadedEditions editions;
  private final CallEpochs calls;
  private final ReloadCandidate candidate;
  private final Duration retireTimeout;
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * @param calls those under way
   * @param retireTimeout how long calls may go on with models that have been replaced
   */
  public BankReloader(
      ServedBanks banks,
      WorkerPool pool,
      LoadedEditions editions,
      CallEpochs calls,
      ReloadCandidate candidate,
      Duration retireTimeout) {
    this.banks = banks;
    this.pool = pool;
    this.editions = editions;
    this.calls = calls;
    this.candidate = candidate;
    this.retireTimeout = retireTimeout;
  }

  /**
   * Loads the newest version on disk and serves it. Cancelling the future does not stop it.
   *
   * @return the bank that serves then; or {@link FailedPreconditionException} when the version is
   *     refused, there is no room for it, or another reload is under way
   */
  public CompletableFuture<Bank> reload() {
    return tryReload()
        .orElseGet(
            () ->
                CompletableFuture.failedFuture(
                    new FailedPreconditionException(
                        "Models of bank '"
                            + banks.name()
                            + "' are being loaded already. Ask again when that is over.")));
  }

  /** The same; nothing when another reload is under way. */
  public Optional<CompletableFuture<Bank>> tryReload() {
    if (banks.all().isEmpty() || !busy.compareAndSet(false, true)) {
      return Optional.empty();
    }
    CompletableFuture<Bank> done = candidate.find(servingPids()).thenCompose(this::rollOut);
    return Optional.of(
        done.whenComplete(
                (bank, failure) -> {
                  busy.set(false);
                  if (failure != null) {
                    log.warn("Reload failed: {}", Futures.unwrap(failure).getMessage());
                  }
                })
            .copy());
  }

  private List<Long> servingPids() {
    return editions.loaded().stream()
        .filter(loaded -> banks.preferred().filter(e -> e == loaded.edition()).isPresent())
        .flatMap(loaded -> loaded.fleet().snapshots().stream())
        .map(WorkerSnapshot::pid)
        .filter(pid -> pid > 0)
        .toList();
  }

  private CompletableFuture<Bank> rollOut(ModelVersion version) {
    log.info("Loading the models of {}", version);
    Rollout rollout = new Rollout(version, editions.size());
    LoadedEdition loaded = editions.add(version, rollout);
    loaded.fleet().start();
    return rollout
        .outcome()
        .handle(
            (fit, failure) -> {
              if (failure == null) {
                return CompletableFuture.completedFuture(swap(loaded));
              }
              // Whoever hears of the refusal finds its workers gone.
              return editions
                  .remove(loaded)
                  .<Bank>thenCompose(gone -> CompletableFuture.failedFuture(failure));
            })
        .thenCompose(next -> next);
  }

  private Bank swap(LoadedEdition loaded) {
    List<Edition> replaced = banks.serve(loaded.edition(), true);
    pool.refresh();
    Bank bank = loaded.edition().bank().orElseThrow();
    log.info("Bank {} {} serves version {}", bank.name(), bank.digest(), bank.version());
    calls
        .quiet()
        .completeOnTimeout(null, retireTimeout.toMillis(), TimeUnit.MILLISECONDS)
        .thenRun(() -> replaced.forEach(this::retire));
    return bank;
  }

  private void retire(Edition edition) {
    banks.forget(edition);
    pool.refresh();
    editions.loaded().stream()
        .filter(loaded -> loaded.edition() == edition)
        .forEach(editions::remove);
  }
}
