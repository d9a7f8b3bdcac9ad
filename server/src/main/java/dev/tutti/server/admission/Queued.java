package dev.tutti.server.admission;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The outcome of work that may wait in a queue. Cancelling it takes the work out of the queue.
 *
 * @param <V> what the work makes
 */
public class Queued<V> extends CompletableFuture<V> {
  /**
   * Another caller waits for the work, too: while it waits it takes that caller's lane where it is
   * more urgent, and its deadline where it is later. Joining in any order, or again, comes to the
   * same. Does nothing once the work is over.
   */
  public void alsoFor(Pass joiner) {}

  /**
   * The outcome under a function, whose exceptions become its failure. Cancelling and joining it
   * reach the work.
   */
  public <B> Queued<B> map(Function<? super V, ? extends B> function) {
    Queued<V> source = this;
    Queued<B> result =
        new Queued<>() {
          @Override
          public void alsoFor(Pass joiner) {
            source.alsoFor(joiner);
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
