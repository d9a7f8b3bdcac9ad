package dev.tutti.server.admission;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The outcome of work that may wait in a queue. Cancelling it takes the work out of the queue.
 *
 * @param <V> what the work makes
 */
public class Queued<V> extends CompletableFuture<V> {
  /** Moves the work into the interactive lane if it still waits in another; else does nothing. */
  public void promote() {}

  /**
   * The outcome under a function, whose exceptions become its failure. Cancelling and promoting it
   * reach the work.
   */
  public <B> Queued<B> map(Function<? super V, ? extends B> function) {
    Queued<V> source = this;
    Queued<B> result =
        new Queued<>() {
          @Override
          public void promote() {
            source.promote();
          }
        };
    source.whenComplete(
        (value, failure) -> {
          if (failure != null) {
            result.completeExceptionally(failure);
            return;
          }
          try {
            result.complete(function.apply(value));
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        });
    result.whenComplete(
        (value, failure) -> {
          if (result.isCancelled()) {
            source.cancel(true);
          }
        });
    return result;
  }
}
