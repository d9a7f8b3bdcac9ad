package dev.tutti.server.async;

import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * {@code thenApply} and {@code thenCompose} that pass a cancellation back to the stage before, so
 * that a caller who leaves takes its queued work along, and that keep failures unwrapped.
 */
public final class Futures {
  private Futures() {}

  public static <A, B> CompletableFuture<B> map(
      CompletableFuture<A> stage, Function<A, B> function) {
    return then(stage, value -> CompletableFuture.completedFuture(function.apply(value)));
  }

  public static <A, B> CompletableFuture<B> then(
      CompletableFuture<A> stage, Function<A, CompletableFuture<B>> function) {
    CompletableFuture<B> result = new CompletableFuture<>();
    cancelWith(result, stage);
    stage.whenComplete(
        (value, failure) -> {
          if (failure != null) {
            result.completeExceptionally(unwrap(failure));
            return;
          }
          if (result.isDone()) {
            return;
          }
          try {
            CompletableFuture<B> next = function.apply(value);
            cancelWith(result, next);
            next.whenComplete(
                (answer, problem) -> {
                  if (problem != null) {
                    result.completeExceptionally(unwrap(problem));
                  } else {
                    result.complete(answer);
                  }
                });
          } catch (Throwable e) {
            // An error, too, must reach whoever waits.
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  /** Done when all are; cancels all of them when cancelled. */
  public static CompletableFuture<Void> all(Collection<? extends CompletableFuture<?>> stages) {
    CompletableFuture<Void> all = CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new));
    stages.forEach(stage -> cancelWith(all, stage));
    return all;
  }

  /** The failure itself, without the wrappers that futures put around it. */
  public static Throwable unwrap(Throwable failure) {
    Throwable inner = failure;
    while (inner instanceof CompletionException && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  private static void cancelWith(CompletableFuture<?> result, CompletableFuture<?> stage) {
    result.whenComplete(
        (value, failure) -> {
          if (result.isCancelled()) {
            stage.cancel(true);
          }
        });
  }
}
