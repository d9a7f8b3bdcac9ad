package dev.tutti.server.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * A cache by content, weighed in bytes. Callers that ask for the same key at the same time share
 * one computation; failures are not kept.
 *
 * @param <K> a content key, of 128 bits or more
 * @param <V> an immutable value
 */
public final class SharedCache<K, V> {
  /**
   * @param value the value to come; cancelling it never disturbs another caller
   * @param hit whether it was there already
   */
  public record Lookup<V>(CompletableFuture<V> value, boolean hit) {}

  /**
   * @param hits lookups answered from the cache
   * @param coalesced lookups that joined a computation under way
   * @param misses lookups that began one
   */
  public record Stats(long hits, long coalesced, long misses) {}

  private final AsyncCache<K, V> cache;
  private final LongAdder hits = new LongAdder();
  private final LongAdder coalesced = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /**
   * @param maximumBytes what all values may weigh together
   * @param weigher one entry's bytes
   */
  public SharedCache(long maximumBytes, Weigher<K, V> weigher) {
    this.cache = Caffeine.newBuilder().maximumWeight(maximumBytes).weigher(weigher).buildAsync();
  }

  /** Returns the value of {@code key}, begun by {@code loader} if nobody else has. */
  public Lookup<V> get(K key, Supplier<CompletableFuture<V>> loader) {
    while (true) {
      SharedComputation<V> mine = new SharedComputation<>();
      CompletableFuture<V> found = cache.get(key, (unused, executor) -> mine);
      if (found == mine) {
        misses.increment();
        CompletableFuture<V> view = mine.view().orElseThrow();
        mine.start(loader);
        return new Lookup<>(view, false);
      }
      if (found.isDone() && !found.isCompletedExceptionally()) {
        hits.increment();
        return new Lookup<>(CompletableFuture.completedFuture(found.join()), true);
      }
      Optional<CompletableFuture<V>> view = ((SharedComputation<V>) found).view();
      if (view.isPresent()) {
        coalesced.increment();
        return new Lookup<>(view.get(), false);
      }
      // Its last caller has just left: begin anew.
      cache.asMap().remove(key, found);
    }
  }

  public Stats stats() {
    return new Stats(hits.sum(), coalesced.sum(), misses.sum());
  }
}
