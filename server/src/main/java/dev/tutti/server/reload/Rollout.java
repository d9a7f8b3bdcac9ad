package dev.tutti.server.reload;

import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.UnavailableException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Waits until every worker of a new edition has been found fit; one that is not, or that ends, is
 * the end of it.
 */
final class Rollout implements EditionEvents {
  private final ModelVersion version;
  private final int workers;
  private final Set<String> fit = new HashSet<>();
  private final CompletableFuture<Void> outcome = new CompletableFuture<>();

  /**
   * @param workers how many there will be
   */
  Rollout(ModelVersion version, int workers) {
    this.version = version;
    this.workers = workers;
  }

  /** Completes when all are fit, or fails with the reason why the version is refused. */
  CompletableFuture<Void> outcome() {
    return outcome;
  }

  @Override
  public void onFit(String worker) {
    boolean all;
    synchronized (fit) {
      fit.add(worker);
      all = fit.size() == workers;
    }
    if (all) {
      outcome.complete(null);
    }
  }

  @Override
  public void onUnfit(String worker, String reason) {
    refuse(worker + ": " + reason);
  }

  @Override
  public void onSetback(String worker, String reason) {
    refuse(worker + " ended with " + reason);
  }

  @Override
  public void onHopeless(UnavailableException reason) {
    refuse(reason.getMessage());
  }

  private void refuse(String reason) {
    outcome.completeExceptionally(
        new FailedPreconditionException(
            "The models of " + version + " are refused; those before serve on. " + reason));
  }
}
