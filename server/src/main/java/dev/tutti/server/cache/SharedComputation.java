package dev.tutti.server.cache;

import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.error.ExpiredException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * One computation that several callers wait for. Each holds a view; cancelling a view never touches
 * the others, and only when the last one is cancelled is the computation itself given up. It waits
 * in the most urgent lane and until the latest deadline of all who ever joined it: one that leaves
 * or is late takes neither back, since those who stay would have to be asked again, and each of
 * them leaves at its own deadline.
 */
final class SharedComputation<V> extends CompletableFuture<V> {
  /** Begins the work; null once there is an outcome, as this stays in the cache with its value. */
  private Function<Pass, ? extends Queued<V>> loader;

  /** What all who joined come to; null once there is an outcome. */
  private Pass pass;

  /** The work under way; null before it has begun and after it has ended. */
  private Queued<V> source;

  private int views;
  private boolean abandoned;

  SharedComputation(Pass pass, Function<Pass, ? extends Queued<V>> loader) {
    this.pass = pass;
    this.loader = loader;
  }

  /**
   * Starts the work; the creator calls this once, outside any lock of the cache, and holds a view.
   * Whatever goes wrong, errors included, is the outcome: a key must not stay pending.
   */
  void start() {
    try {
      Pass told;
      Function<Pass, ? extends Queued<V>> begin;
      synchronized (this) {
        told = pass;
        begin = loader;
      }
      Queued<V> started = begin.apply(told);
      Pass wanted;
      boolean nobody;
      synchronized (this) {
        source = started;
        wanted = pass;
        nobody = abandoned;
      }
      started.whenComplete(this::finish);
      if (nobody) {
        started.cancel(true);
      } else if (!told.covers(wanted)) {
        started.alsoFor(wanted);
      }
    } catch (Throwable e) {
      end(null, e);
    }
  }

  /** Returns a view for one more caller, or nothing when the computation was given up. */
  Optional<CompletableFuture<V>> view(Pass joiner) {
    Queued<V> told = null;
    synchronized (this) {
      if (abandoned) {
        return Optional.empty();
      }
      views++;
      if (pass != null && !pass.covers(joiner)) {
        pass = pass.joinedBy(joiner);
        told = source;
      }
    }
    if (told != null) {
      told.alsoFor(joiner);
    }
    CompletableFuture<V> view = new CompletableFuture<>();
    whenComplete(
        (value, failure) -> {
          if (failure == null) {
            view.complete(value);
          } else {
            view.completeExceptionally(failure);
          }
        });
    view.whenComplete(
        (value, failure) -> {
          if (view.isCancelled()) {
            leave();
          }
        });
    return Optional.of(view);
  }

  private void finish(V value, Throwable failure) {
    boolean again;
    synchronized (this) {
      source = null;
      // Somebody with a later deadline joined just when it was dropped.
      again = !abandoned && pass.deadline().outlasts(failure);
      // Whoever joins from now on begins anew: this deadline is not theirs.
      abandoned |= !again && failure instanceof ExpiredException;
    }
    if (again) {
      start();
    } else {
      end(value, failure);
    }
  }

  private void end(V value, Throwable failure) {
    synchronized (this) {
      pass = null;
      loader = null;
    }
    if (failure == null) {
      complete(value);
    } else {
      completeExceptionally(failure);
    }
  }

  private void leave() {
    Queued<V> toCancel;
    synchronized (this) {
      views--;
      if (views > 0 || isDone()) {
        return;
      }
      abandoned = true;
      toCancel = source;
    }
    if (toCancel != null) {
      toCancel.cancel(true);
    }
  }
}
