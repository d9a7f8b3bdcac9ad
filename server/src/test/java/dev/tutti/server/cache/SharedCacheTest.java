package dev.tutti.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Queued;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class SharedCacheTest {
  private final SharedCache<String, String> cache =
      new SharedCache<>(1000, (key, value) -> value.length());
  private final List<CompletableFuture<String>> loads = new ArrayList<>();

  @Test
  void callersAtTheSameTimeShareOneComputation() {
    var first = get("a");
    var second = get("a");
    assertEquals(1, loads.size());
    loads.get(0).complete("value");
    assertEquals("value", first.value().join());
    assertEquals("value", second.value().join());
    assertTrue(get("a").hit());
    assertEquals(new SharedCache.Stats(1, 1, 1), cache.stats());
  }

  @Test
  void oneCallersCancelLeavesTheOthersAlone() {
    var leaving = get("a");
    var staying = get("a");
    leaving.value().cancel(true);
    assertFalse(loads.get(0).isCancelled());
    loads.get(0).complete("value");
    assertEquals("value", staying.value().join());
  }

  @Test
  void theLastCallersCancelGivesTheWorkUp() {
    var first = get("a");
    var second = get("a");
    first.value().cancel(true);
    second.value().cancel(true);
    assertTrue(loads.get(0).isCancelled());
    get("a");
    assertEquals(2, loads.size());
  }

  @Test
  void cancellingAnAnsweredViewIsHarmless() {
    var view = get("a");
    loads.get(0).complete("value");
    view.value().cancel(true);
    assertTrue(get("a").hit());
  }

  @Test
  void failuresAreToldToAllAndNotKept() {
    var first = get("a");
    var second = get("a");
    loads.get(0).completeExceptionally(new IllegalStateException("broken"));
    assertThrows(CompletionException.class, () -> first.value().join());
    assertThrows(CompletionException.class, () -> second.value().join());
    get("a");
    assertEquals(2, loads.size());
  }

  @Test
  void aLoaderThatThrowsIsAFailureToo() {
    var lookup =
        cache.get(
            "a",
            Lane.BATCH,
            () -> {
              throw new IllegalStateException("broken");
            });
    assertThrows(CompletionException.class, () -> lookup.value().join());
  }

  @Test
  void aJoinerMayLeaveBeforeTheWorkHasBegun() {
    List<CompletableFuture<String>> joined = new ArrayList<>();
    SharedCache.Lookup<String> creator =
        cache.get(
            "a",
            Lane.BATCH,
            () -> {
              // Another caller comes and goes while the creator is still at it.
              CompletableFuture<String> view = get("a").value();
              view.cancel(true);
              joined.add(view);
              Queued<String> load = new Queued<>();
              loads.add(load);
              return load;
            });
    assertEquals(1, loads.size());
    assertTrue(joined.get(0).isCancelled());
    loads.get(0).complete("value");
    assertEquals("value", creator.value().join());
  }

  @Test
  void errorsOfALoaderAreTheOutcomeAndLeaveNoKeyPending() {
    for (Error error :
        List.of(new OutOfMemoryError("a test's"), new StackOverflowError(), new LinkageError())) {
      var lookup =
          cache.get(
              "a",
              Lane.BATCH,
              () -> {
                throw error;
              });
      assertSame(error, failure(lookup.value()));
      Queued<String> load = new Queued<>();
      var again = cache.get("a", Lane.BATCH, () -> load);
      load.completeExceptionally(error);
      assertSame(error, failure(again.value()));
    }
    get("a");
    assertEquals(1, loads.size(), "the next caller begins anew");
  }

  @Test
  void aLoaderThatGivesNothingIsAFailureToo() {
    var lookup = cache.get("a", Lane.BATCH, () -> null);
    assertInstanceOf(NullPointerException.class, failure(lookup.value()));
    get("a");
    assertEquals(1, loads.size());
  }

  @Test
  void anInteractiveJoinerTakesTheWorkAlong() {
    Promotable load = new Promotable();
    cache.get("a", Lane.BATCH, () -> load);
    cache.get("a", Lane.BATCH, () -> load);
    assertEquals(0, load.promotions);
    cache.get("a", Lane.INTERACTIVE, () -> load);
    assertEquals(1, load.promotions);
    cache.get("a", Lane.INTERACTIVE, () -> load);
    assertEquals(1, load.promotions);
  }

  @Test
  void anInteractiveJoinerTakesTheWorkAlongEvenBeforeItHasBegun() {
    Promotable load = new Promotable();
    cache.get(
        "a",
        Lane.BATCH,
        () -> {
          get("a", Lane.INTERACTIVE);
          return load;
        });
    assertEquals(1, load.promotions);
  }

  @Test
  void interactiveWorkNeedsNoPromotion() {
    Promotable load = new Promotable();
    cache.get("a", Lane.INTERACTIVE, () -> load);
    cache.get("a", Lane.BATCH, () -> load);
    cache.get("a", Lane.INTERACTIVE, () -> load);
    assertEquals(0, load.promotions);
  }

  @Test
  void aMappedOutcomePassesCancelsAndPromotionsOn() {
    Promotable load = new Promotable();
    Queued<Integer> mapped = load.map(String::length);
    mapped.promote();
    assertEquals(1, load.promotions);
    load.complete("four");
    assertEquals(4, mapped.join());

    Promotable other = new Promotable();
    other.map(String::length).cancel(true);
    assertTrue(other.isCancelled());
  }

  private static final class Promotable extends Queued<String> {
    int promotions;

    @Override
    public void promote() {
      promotions++;
    }
  }

  private static Throwable failure(CompletableFuture<?> future) {
    assertTrue(future.isDone(), "it is pending");
    return assertThrows(CompletionException.class, future::join).getCause();
  }

  private SharedCache.Lookup<String> get(String key) {
    return get(key, Lane.BATCH);
  }

  private SharedCache.Lookup<String> get(String key, Lane lane) {
    return cache.get(
        key,
        lane,
        () -> {
          Queued<String> load = new Queued<>();
          loads.add(load);
          return load;
        });
  }
}
