package dev.tutti.server.cache;

import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Queued;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One computation that several callers wait for. Each holds a view; cancelling a view never touches
 * the others, and only when the last one is cancelled is the computation itself given up.
 */
final class SharedComputation<V> extends CompletableFuture<V> {
  private Queued<V> source;
  private int views;
  private boolean abandoned;

  /** The most urgent lane that anybody waits in, and the one that the work was put into. */
  private Lane lane;

  private final Lane first;

  SharedComputation(Lane lane) {
    this.lane = lane;
    this.first = lane;
  }

  /**
   * Starts the work; the creator calls this once, outside any lock of the cache, and holds a view.
   * Whatever goes wrong, errors included, is the outcome: a key must not stay pending.
   */
  void start(Supplier<? extends Queued<V>> loader) {
    try {
      Queued<V> started = loader.get();
      boolean urgent;
      synchronized (this) {
        source = started;
        urgent = lane != first;
      }
      started.whenComplete(this::finish);
      if (urgent) {
        started.promote();
      }
    } catch (Throwable e) {
      completeExceptionally(e);
    }
  }

  /** Returns a view for a caller in this lane, or nothing when the computation was given up. */
  Optional<CompletableFuture<V>> view(Lane wanted) {
    Queued<V> promoted = null;
    synchronized (this) {
      if (abandoned) {
        return Optional.empty();
      }
      views++;
      if (wanted.compareTo(lane) < 0) {
        lane = wanted;
        promoted = source;
      }
    }
    if (promoted != null) {
      promoted.promote();
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
    synchronized (this) {
      source = null;
    }
    if (failure == null) {
      complete(value);
    } else {
      completeExceptionally(failure);
    }
  }

  private void leave() {
    CompletableFuture<V> toCancel;
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
