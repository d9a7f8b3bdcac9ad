package dev.tutti.server.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.admission.Deadline;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.admission.TestPass;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.schedule.ScheduleTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Callers come, leave and join, in a hurry or not and with deadlines or without, while loads end in
 * every way or are dropped at their deadlines, in orders made from seeds. Whatever the order: each
 * caller gets exactly one outcome, a cancel harms nobody else, nobody's work is dropped for another
 * one's deadline, and no key stays pending.
 */
class SharedCacheScheduleTest extends ScheduleTest {
  /** One thread; what others may do between two steps of a lookup is done within its loader. */
  @Override
  protected void stepped(SplittableRandom random) {
    World world = new World();
    repeat(16, () -> world.step(random, 0));
    world.end();
  }

  @Override
  protected Racers racers(SplittableRandom random) {
    World world = new World();
    List<Runnable> programs = new ArrayList<>();
    for (int thread = 0; thread < 3; thread++) {
      SplittableRandom own = random.split();
      programs.add(() -> repeat(6, () -> world.step(own, 1)));
    }
    return new Racers(programs, world::end);
  }

  /** A work that knows for whom it is done. */
  private static final class Load extends Queued<String> {
    private final String key;
    private Pass pass;

    Load(String key, Pass pass) {
      this.key = key;
      this.pass = pass;
    }

    @Override
    public synchronized void alsoFor(Pass joiner) {
      pass = pass.joinedBy(joiner);
    }

    synchronized Pass pass() {
      return pass;
    }
  }

  private static final class Caller {
    private final String key;
    private final Pass pass;
    private final CompletableFuture<String> view;
    private volatile boolean leaving;

    Caller(String key, Pass pass, CompletableFuture<String> view) {
      this.key = key;
      this.pass = pass;
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
      switch (random.nextInt(7)) {
        case 0, 1, 2 -> come(random, depth);
        case 3 -> leave(random);
        case 4 -> drop();
        default -> finish(random);
      }
    }

    private void come(SplittableRandom random, int depth) {
      String key = random.nextBoolean() ? "a" : "b";
      Pass pass =
          TestPass.of(
              random.nextBoolean() ? Lane.INTERACTIVE : Lane.BATCH,
              random.nextBoolean() ? Deadline.NONE : Deadline.at(random.nextInt(5)));
      CompletableFuture<String> view =
          cache.get(key, pass, joined -> load(key, joined, random, depth)).value();
      synchronized (callers) {
        callers.add(new Caller(key, pass, view));
      }
    }

    private Load load(String key, Pass pass, SplittableRandom random, int depth) {
      for (int i = random.nextInt(4); depth < 2 && i > 0; i--) {
        step(random, depth + 1);
      }
      if (random.nextInt(8) == 0) {
        throw failure(random, key);
      }
      Load load = new Load(key, pass);
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

    /** The oldest work is dropped at the deadline of all it knows. */
    private void drop() {
      Load load = loads.poll();
      if (load == null) {
        return;
      }
      Deadline deadline = load.pass().deadline();
      if (deadline == Deadline.NONE) {
        load.complete(load.key);
      } else {
        load.completeExceptionally(deadline.passed());
      }
    }

    /** All work ends; then every promise is looked at. */
    void end() {
      // What ends may begin anew.
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
      } else if (failure instanceof ExpiredException) {
        assertFalse(caller.pass.deadline().outlasts(failure), "dropped for another's deadline");
      } else {
        assertTrue(!(failure instanceof CancellationException), "another's cancel harmed a caller");
        assertSame(caller.key, failures.get(failure), "a failure that nobody caused: " + failure);
      }
    }

    private void checkNotPending(String key) {
      Load again = new Load(key, TestPass.of(Lane.BATCH));
      SharedCache.Lookup<String> bulk = cache.get(key, again.pass(), pass -> again);
      if (bulk.hit()) {
        assertEquals(key, bulk.value().join());
        return;
      }
      SharedCache.Lookup<String> joiner =
          cache.get(key, TestPass.of(Lane.INTERACTIVE), pass -> again);
      assertEquals(Lane.INTERACTIVE, again.pass().lane(), "an interactive caller waits in bulk");
      again.complete(key);
      assertEquals(key, bulk.value().join());
      assertEquals(key, joiner.value().join());
    }
  }
}
