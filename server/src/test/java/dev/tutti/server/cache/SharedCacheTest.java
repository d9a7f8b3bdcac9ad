package dev.tutti.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.admission.Deadline;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.admission.TestPass;
import dev.tutti.server.error.ExpiredException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
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
            TestPass.of(Lane.BATCH),
            pass -> {
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
            TestPass.of(Lane.BATCH),
            pass -> {
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
              TestPass.of(Lane.BATCH),
              pass -> {
                throw error;
              });
      assertSame(error, failure(lookup.value()));
      Queued<String> load = new Queued<>();
      var again = cache.get("a", TestPass.of(Lane.BATCH), pass -> load);
      load.completeExceptionally(error);
      assertSame(error, failure(again.value()));
    }
    get("a");
    assertEquals(1, loads.size(), "the next caller begins anew");
  }

  @Test
  void aLoaderThatGivesNothingIsAFailureToo() {
    var lookup = cache.get("a", TestPass.of(Lane.BATCH), pass -> null);
    assertInstanceOf(NullPointerException.class, failure(lookup.value()));
    get("a");
    assertEquals(1, loads.size());
  }

  @Test
  void anInteractiveJoinerTakesTheWorkAlong() {
    Joinable load = new Joinable();
    cache.get("a", TestPass.of(Lane.BATCH), pass -> load);
    cache.get("a", TestPass.of(Lane.BATCH), pass -> load);
    assertEquals(0, load.joined.size());
    cache.get("a", TestPass.of(Lane.INTERACTIVE), pass -> load);
    assertEquals(1, load.joined.size());
    cache.get("a", TestPass.of(Lane.INTERACTIVE), pass -> load);
    assertEquals(1, load.joined.size());
  }

  @Test
  void anInteractiveJoinerTakesTheWorkAlongEvenBeforeItHasBegun() {
    Joinable load = new Joinable();
    cache.get(
        "a",
        TestPass.of(Lane.BATCH),
        pass -> {
          get("a", Lane.INTERACTIVE);
          return load;
        });
    assertEquals(1, load.joined.size());
  }

  @Test
  void interactiveWorkNeedsNoPromotion() {
    Joinable load = new Joinable();
    cache.get("a", TestPass.of(Lane.INTERACTIVE), pass -> load);
    cache.get("a", TestPass.of(Lane.BATCH), pass -> load);
    cache.get("a", TestPass.of(Lane.INTERACTIVE), pass -> load);
    assertEquals(0, load.joined.size());
  }

  @Test
  void aMappedOutcomePassesCancelsAndJoinersOn() {
    Joinable load = new Joinable();
    Queued<Integer> mapped = load.map(String::length);
    mapped.alsoFor(TestPass.of(Lane.INTERACTIVE));
    assertEquals(1, load.joined.size());
    load.complete("four");
    assertEquals(4, mapped.join());

    Joinable other = new Joinable();
    other.map(String::length).cancel(true);
    assertTrue(other.isCancelled());
  }

  @Test
  void aJoinerWhoWaitsLongerExtendsTheWorkAndOneWhoWaitsLessChangesNothing() {
    Joinable load = new Joinable();
    cache.get("a", until(20), pass -> load);
    cache.get("a", until(10), pass -> load);
    assertEquals(List.of(), load.joined);
    cache.get("a", until(30), pass -> load);
    assertEquals(30, load.joined.get(0).deadline().nanosLeft(0));
    cache.get("a", TestPass.of(Lane.BATCH), pass -> load);
    assertEquals(Deadline.NONE, load.joined.get(1).deadline());
  }

  @Test
  void workThatWasDroppedForADeadlineIsBegunAnewForWhoJoinedWithALaterOne() {
    List<Pass> begun = new ArrayList<>();
    List<Queued<String>> works = new ArrayList<>();
    Function<Pass, Queued<String>> loader =
        pass -> {
          begun.add(pass);
          works.add(new Queued<>());
          return works.get(works.size() - 1);
        };
    var first = cache.get("a", until(10), loader);
    var second = cache.get("a", until(20), loader);
    // The queue had dropped it before it heard of the second caller.
    works.get(0).completeExceptionally(Deadline.at(10).passed());
    assertFalse(second.value().isDone());
    assertEquals(20, begun.get(1).deadline().nanosLeft(0));
    works.get(1).complete("value");
    assertEquals("value", second.value().join());
    assertEquals("value", first.value().join());
  }

  @Test
  void workThatWasDroppedForTheLatestDeadlineOfAllFailsForAll() {
    var first = cache.get("a", until(10), pass -> failed(pass.deadline().passed()));
    assertInstanceOf(ExpiredException.class, failure(first.value()));
    ExpiredException tooLong = new ExpiredException("waited too long");
    var second = cache.get("a", until(10), pass -> failed(tooLong));
    assertSame(tooLong, failure(second.value()));
  }

  @Test
  void workThatIsBegunAnewWhileItsLastCallerLeavesIsCancelled() {
    List<Queued<String>> works = new ArrayList<>();
    List<CompletableFuture<String>> views = new ArrayList<>();
    Function<Pass, Queued<String>> loader =
        pass -> {
          works.add(new Queued<>());
          if (works.size() == 2) {
            views.forEach(view -> view.cancel(true));
          }
          return works.get(works.size() - 1);
        };
    views.add(cache.get("a", until(10), loader).value());
    views.add(cache.get("a", until(20), loader).value());
    works.get(0).completeExceptionally(Deadline.at(10).passed());
    assertTrue(works.get(1).isCancelled());
  }

  private static Pass until(long nanos) {
    return TestPass.of(Lane.BATCH, Deadline.at(nanos));
  }

  private static Queued<String> failed(Throwable failure) {
    Queued<String> work = new Queued<>();
    work.completeExceptionally(failure);
    return work;
  }

  /** Work that remembers who joined it. */
  private static final class Joinable extends Queued<String> {
    final List<Pass> joined = new ArrayList<>();

    @Override
    public void alsoFor(Pass joiner) {
      joined.add(joiner);
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
        TestPass.of(lane),
        pass -> {
          Queued<String> load = new Queued<>();
          loads.add(load);
          return load;
        });
  }
}
