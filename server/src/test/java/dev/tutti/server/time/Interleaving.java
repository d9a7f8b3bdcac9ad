package dev.tutti.server.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Threads of which one runs at a time, so that a seed decides how they interleave. A thread runs
 * until it calls {@link #step}, where another may go on; fakes call it wherever the code under test
 * calls out of itself. A thread that blocks without stepping, or never steps, is a hang: code that
 * calls out while it holds a lock does that.
 */
public final class Interleaving implements AutoCloseable {
  private static final int MAX_TURNS = 1_000_000;
  private static final int PATIENCE_SECONDS = 30;

  private final Map<Thread, Actor> current = new ConcurrentHashMap<>();
  private final Semaphore stepped = new Semaphore(0);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "interleaved");
            thread.setDaemon(true);
            return thread;
          });

  /** What one thread does. */
  private final class Actor implements Runnable {
    final Runnable script;
    final Semaphore turn = new Semaphore(0);
    volatile boolean over;
    volatile Throwable failure;

    Actor(Runnable script) {
      this.script = script;
    }

    @Override
    public void run() {
      current.put(Thread.currentThread(), this);
      turn.acquireUninterruptibly();
      try {
        script.run();
      } catch (Throwable e) {
        failure = e;
      } finally {
        current.remove(Thread.currentThread());
        over = true;
        stepped.release();
      }
    }
  }

  /** Lets another thread go on; nothing on a thread that is not one of these. */
  public void step() {
    Actor actor = current.get(Thread.currentThread());
    if (actor != null) {
      stepped.release();
      actor.turn.acquireUninterruptibly();
    }
  }

  /**
   * Runs scripts until all are over.
   *
   * @param random decides who goes on
   */
  public void run(SplittableRandom random, List<Runnable> scripts) throws InterruptedException {
    List<Actor> actors = new ArrayList<>();
    scripts.forEach(script -> actors.add(new Actor(script)));
    actors.forEach(threads::execute);
    List<Actor> running = new ArrayList<>(actors);
    for (int turn = 0; !running.isEmpty(); turn++) {
      if (turn > MAX_TURNS) {
        throw new AssertionError("It does not end.");
      }
      Actor next = running.get(random.nextInt(running.size()));
      next.turn.release();
      if (!stepped.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("A thread hangs.");
      }
      if (next.over) {
        running.remove(next);
      }
    }
    for (Actor actor : actors) {
      if (actor.failure != null) {
        throw new AssertionError("A thread failed.", actor.failure);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
