package dev.tutti.server.cache;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One computation that several callers wait for. Each holds a view; cancelling a view never touches
 * the others, and only when the last one is cancelled is the computation itself given up.
 */
final class SharedComputation<V> extends CompletableFuture<V> {
  private CompletableFuture<V> source;
  private int views;
  private boolean abandoned;

  /** Starts the work; the creator calls this once, outside any lock of the cache. */
  void start(Supplier<CompletableFuture<V>> loader) {
    CompletableFuture<V> started;
    try {
      started = loader.get();
    } catch (RuntimeException e) {
      completeExceptionally(e);
      return;
    }
    boolean nobodyWaits;
    synchronized (this) {
      source = started;
      nobodyWaits = abandoned;
    }
    started.whenComplete(this::finish);
    if (nobodyWaits) {
      started.cancel(true);
    }
  }

  /** Returns a view, or nothing when the computation has been given up. */
  synchronized Optional<CompletableFuture<V>> view() {
    if (abandoned) {
      return Optional.empty();
    }
    views++;
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
