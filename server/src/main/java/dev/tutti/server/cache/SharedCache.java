package dev.tutti.server.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Weigher;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Queued;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

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
    this.cache =
        Caffeine.newBuilder()
            // Its housekeeping is short: on the caller's thread it needs no pool of the JVM's.
            .executor(Runnable::run)
            .maximumWeight(maximumBytes)
            .weigher(weigher)
            .buildAsync();
  }

  /**
   * Returns the value of {@code key}, begun by {@code loader} if nobody else has. A caller who
   * joins work under way takes it along into its own lane, if that is more urgent, and keeps it
   * alive until its own deadline, if that is later.
   *
   * @param loader begins the work with the pass of all who wait by then; called again where the
   *     work was dropped for a deadline that somebody who joined meanwhile does not share
   */
  public Lookup<V> get(K key, Pass pass, Function<Pass, ? extends Queued<V>> loader) {
    while (true) {
      CompletableFuture<V> found = cache.getIfPresent(key);
      if (found == null) {
        SharedComputation<V> mine = new SharedComputation<>(pass, loader);
        // Before anybody else can see the computation, so that none can be the last to leave it.
        CompletableFuture<V> view = mine.view(pass).orElseThrow();
        found = cache.get(key, (unused, executor) -> mine);
        if (found == mine) {
          misses.increment();
          mine.start();
          return new Lookup<>(view, false);
        }
      }
      if (!found.isDone()) {
        Optional<CompletableFuture<V>> view = ((SharedComputation<V>) found).view(pass);
        if (view.isPresent()) {
          coalesced.increment();
          return new Lookup<>(view.get(), false);
        }
      } else if (!found.isCompletedExceptionally()) {
        hits.increment();
        return new Lookup<>(CompletableFuture.completedFuture(found.join()), true);
      }
      // It has just failed, or its last caller has just left: begin anew.
      cache.asMap().remove(key, found);
    }
  }

  public Stats stats() {
    return new Stats(hits.sum(), coalesced.sum(), misses.sum());
  }
}
