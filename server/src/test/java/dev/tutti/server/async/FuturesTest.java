package dev.tutti.server.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FuturesTest {
  private final CompletableFuture<Integer> first = new CompletableFuture<>();
  private final CompletableFuture<String> second = new CompletableFuture<>();

  @Test
  void valuesPassThroughBothStages() {
    CompletableFuture<String> mapped = Futures.map(first, value -> "got " + value);
    CompletableFuture<String> composed = Futures.then(first, value -> second);
    first.complete(7);
    second.complete("answer");
    assertEquals("got 7", mapped.join());
    assertEquals("answer", composed.join());
  }

  @Test
  void aCancelReachesTheStageThatRuns() {
    CompletableFuture<String> result = Futures.then(first, value -> second);
    result.cancel(true);
    assertTrue(first.isCancelled());

    CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);
    Futures.then(done, value -> second).cancel(true);
    assertTrue(second.isCancelled());
    assertFalse(done.isCancelled());
  }

  @Test
  void aCancelReachesThroughSeveralStages() {
    Futures.map(Futures.then(first, value -> second), String::length).cancel(true);
    assertTrue(first.isCancelled());
  }

  @Test
  void aCancelReachesAllThatAreAwaitedTogether() {
    CompletableFuture<Integer> done = CompletableFuture.completedFuture(1);
    Futures.map(Futures.all(List.of(first, second, done)), unused -> 1).cancel(true);
    assertTrue(first.isCancelled());
    assertTrue(second.isCancelled());
    assertFalse(done.isCancelled());
  }

  @Test
  void afterACancelTheNextStageDoesNotBegin() {
    List<Integer> begun = new ArrayList<>();
    CompletableFuture<Integer> uncancellable =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
          }
        };
    Futures.map(uncancellable, begun::add).cancel(true);
    uncancellable.complete(1);
    assertEquals(List.of(), begun);
  }

  @Test
  void failuresArriveWithoutWrappers() {
    IllegalStateException failure = new IllegalStateException("broken");
    CompletableFuture<Integer> result =
        Futures.map(first.thenApply(value -> value), value -> value);
    first.completeExceptionally(failure);
    assertSame(failure, assertThrows(CompletionException.class, result::join).getCause());
    assertSame(failure, Futures.unwrap(new CompletionException(new CompletionException(failure))));
  }

  @Test
  void whatAFunctionThrowsIsAFailure() {
    CompletableFuture<Integer> result =
        Futures.map(
            CompletableFuture.completedFuture(1),
            value -> {
              throw new IllegalStateException("broken");
            });
    assertThrows(CompletionException.class, result::join);
  }
}
