package dev.tutti.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
            () -> {
              throw new IllegalStateException("broken");
            });
    assertThrows(CompletionException.class, () -> lookup.value().join());
  }

  private SharedCache.Lookup<String> get(String key) {
    return cache.get(
        key,
        () -> {
          CompletableFuture<String> load = new CompletableFuture<>();
          loads.add(load);
          return load;
        });
  }
}
