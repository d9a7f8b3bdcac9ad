package dev.tutti.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.schedule.Race;
import dev.tutti.server.schedule.Schedules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Callers come, leave and join while loads end in every way, in orders made from seeds. Whatever
 * the order: each caller gets exactly one outcome, a cancel harms nobody else, and no key stays
 * pending.
 */
class SharedCacheScheduleTest {
  @Test
  void stepsInAnyOrderKeepThePromises() {
    Schedules.run(Schedules.FEW, SharedCacheScheduleTest::stepped);
  }

  @Test
  @Tag("stress")
  void stepsInVeryManyOrdersKeepThePromises() {
    Schedules.run(Schedules.MANY, SharedCacheScheduleTest::stepped);
  }

  @Test
  void threadsThatRaceKeepThePromises() {
    race(Schedules.FEW_RACES);
  }

  @Test
  @Tag("stress")
  void threadsThatRaceVeryOftenKeepThePromises() {
    race(Schedules.MANY);
  }

  /** One thread; what others may do between two steps of a lookup is done within its loader. */
  private static void stepped(SplittableRandom random) {
    World world = new World();
    for (int i = 0; i < 16; i++) {
      world.step(random, 0);
    }
    world.end();
  }

  private static void race(int count) {
    try (Race race = new Race()) {
      Schedules.run(
          count,
          random -> {
            World world = new World();
            List<Runnable> programs = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
              SplittableRandom own = random.split();
              programs.add(
                  () -> {
                    for (int i = 0; i < 6; i++) {
                      world.step(own, 1);
                    }
                  });
            }
            try {
              race.run(programs);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
            world.end();
          });
    }
  }

  /** A work that remembers who was taken along. */
  private static final class Load extends Queued<String> {
    private final String key;
    private final Lane lane;
    private volatile boolean promoted;

    Load(String key, Lane lane) {
      this.key = key;
      this.lane = lane;
    }

    @Override
    public void promote() {
      promoted = true;
    }
  }

  private static final class Caller {
    private final String key;
    private final CompletableFuture<String> view;
    private volatile boolean leaving;

    Caller(String key, CompletableFuture<String> view) {
      this.key = key;
      this.view = view;
    }
  }

  private static final class World {
    private final SharedCache<String, String> cache =
        new SharedCache<>(1000, (key, value) -> value.length());
    private final Queue<Load> loads = new ConcurrentLinkedQueue<>();
    private final List<Caller> callers = new ArrayList<>();
    private final Map<Throwable, String> failures = new ConcurrentHashMap<>();

    void step(SplittableRandom random, int depth) {
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> come(random, depth);
        case 3 -> leave(random);
        default -> finish(random);
      }
    }

    private void come(SplittableRandom random, int depth) {
      String key = random.nextBoolean() ? "a" : "b";
      Lane lane = random.nextBoolean() ? Lane.INTERACTIVE : Lane.BATCH;
      CompletableFuture<String> view =
          cache.get(key, lane, () -> load(key, lane, random, depth)).value();
      synchronized (callers) {
        callers.add(new Caller(key, view));
      }
    }

    private Load load(String key, Lane lane, SplittableRandom random, int depth) {
      for (int i = random.nextInt(4); depth < 2 && i > 0; i--) {
        step(random, depth + 1);
      }
      if (random.nextInt(8) == 0) {
        throw failure(random, key);
      }
      Load load = new Load(key, lane);
      if (random.nextInt(4) == 0) {
        load.complete(key);
      }
      loads.add(load);
      return load;
    }

    /** An exception or an error. */
    private RuntimeException failure(SplittableRandom random, String key) {
      Throwable failure =
          random.nextBoolean() ? new IllegalStateException(key) : new OutOfMemoryError(key);
      failures.put(failure, key);
      if (failure instanceof Error error) {
        throw error;
      }
      return (RuntimeException) failure;
    }

    private void leave(SplittableRandom random) {
      Caller caller;
      synchronized (callers) {
        if (callers.isEmpty()) {
          return;
        }
        caller = callers.get(random.nextInt(callers.size()));
      }
      caller.leaving = true;
      caller.view.cancel(true);
    }

    private void finish(SplittableRandom random) {
      Load load = loads.poll();
      if (load == null) {
        return;
      }
      if (random.nextInt(3) > 0) {
        load.complete(load.key);
        return;
      }
      try {
        load.completeExceptionally(failure(random, load.key));
      } catch (OutOfMemoryError e) {
        load.completeExceptionally(e);
      }
    }

    /** All work ends; then every promise is looked at. */
    void end() {
      for (Load load = loads.poll(); load != null; load = loads.poll()) {
        load.complete(load.key);
      }
      for (Caller caller : callers) {
        assertTrue(caller.view.isDone(), "a caller was forgotten");
        if (!caller.leaving) {
          checkOutcome(caller);
        }
      }
      for (String key : List.of("a", "b")) {
        checkNotPending(key);
      }
    }

    private void checkOutcome(Caller caller) {
      Throwable failure = caller.view.handle((value, problem) -> problem).join();
      if (failure == null) {
        assertEquals(caller.key, caller.view.join());
      } else {
        assertTrue(!(failure instanceof CancellationException), "another's cancel harmed a caller");
        assertSame(caller.key, failures.get(failure), "a failure that nobody caused: " + failure);
      }
    }

    private void checkNotPending(String key) {
      Load again = new Load(key, Lane.BATCH);
      SharedCache.Lookup<String> bulk = cache.get(key, Lane.BATCH, () -> again);
      if (bulk.hit()) {
        assertEquals(key, bulk.value().join());
        return;
      }
      SharedCache.Lookup<String> joiner = cache.get(key, Lane.INTERACTIVE, () -> again);
      assertTrue(again.promoted, "an interactive caller waits in lane " + again.lane);
      again.complete(key);
      assertEquals(key, bulk.value().join());
      assertEquals(key, joiner.value().join());
    }
  }
}
