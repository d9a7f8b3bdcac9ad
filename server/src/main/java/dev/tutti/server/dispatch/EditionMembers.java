package dev.tutti.server.dispatch;

import dev.tutti.server.async.Futures;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.Edition;
import dev.tutti.server.bank.EditionObserver;
import dev.tutti.server.batching.WorkerLostException;
import dev.tutti.server.supervision.WorkerHandle;
import dev.tutti.server.supervision.WorkerListener;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the workers of one edition into the pool: each has to say what it holds, and those of an
 * edition that does not serve yet to pass a canary check.
 */
final class EditionMembers implements WorkerListener {
  private static final Logger log = LoggerFactory.getLogger(EditionMembers.class);

  private final WorkerPool pool;
  private final Edition edition;
  private final EditionObserver observer;

  EditionMembers(WorkerPool pool, Edition edition, EditionObserver observer) {
    this.pool = pool;
    this.edition = edition;
    this.observer = observer;
  }

  @Override
  public void onReady(String worker, WorkerHandle handle) {
    edition.revive();
    if (pool.resume(worker, handle)) {
      pool.refresh();
    } else {
      examine(pool.join(edition, worker, handle));
    }
  }

  @Override
  public void onSuspect(String worker) {
    pool.suspend(worker);
  }

  @Override
  public void onGone(String worker) {
    pool.remove(worker);
  }

  @Override
  public void onSetback(String worker, String reason) {
    pool.outlook().recheck();
  }

  @Override
  public void onFailed(String worker, String reason) {
    log.error("{} is given up: {}", worker, reason);
  }

  private void examine(Member member) {
    member
        .link
        .describe(pool.banks().name(), edition.version(), pool.now())
        .thenCompose(
            bank ->
                edition.isOpen() || !edition.offer(bank)
                    ? CompletableFuture.completedFuture(bank)
                    : CanaryCheck.run(member.link, bank))
        .whenComplete(
            (described, failure) -> {
              if (failure == null) {
                onDescribed(member, described);
              } else {
                onUnfit(member, Futures.unwrap(failure));
              }
            });
  }

  private void onDescribed(Member member, Bank described) {
    String name = member.link.name();
    if (!edition.offer(described)) {
      log.error(
          "{} holds bank {} and not {}: the models on disk have changed. It gets no work; reload"
              + " them to serve them.",
          name,
          described.digest(),
          edition.bank().map(Bank::digest).orElse(""));
      observer.onUnfit(name, "it holds other models than the others");
      return;
    }
    pool.admit(member, described);
    observer.onFit(name);
    pool.refresh();
  }

  private void onUnfit(Member member, Throwable failure) {
    log.warn("{} is not fit for work", member.link.name(), failure);
    observer.onUnfit(member.link.name(), failure.getMessage());
    boolean lost = failure instanceof WorkerLostException && member.link.worker().ended();
    if (!lost) {
      member.link.worker().reportUnfit(failure.getMessage());
    }
  }
}
