package dev.tutti.server.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "interleaved");
            thread.setDaemon(true);
            return thread;
          });

  /** What the threads of one run share; only the one whose turn it is touches it. */
  private static final class Run {
    final SplittableRandom random;
    final List<Actor> running = new ArrayList<>();
    final CountDownLatch over = new CountDownLatch(1);
    final AtomicInteger turns = new AtomicInteger();

    Run(SplittableRandom random) {
      this.random = random;
    }

    /** Chooses who goes on, and lets it unless it is the caller, whose turn goes on then. */
    Actor handOn(Actor from) {
      Actor next = running.get(random.nextInt(running.size()));
      turns.incrementAndGet();
      if (next != from) {
        next.turn.release();
      }
      return next;
    }
  }

  /** What one thread does. */
  private final class Actor implements Runnable {
    final Run run;
    final Runnable script;
    final Semaphore turn = new Semaphore(0);
    volatile Throwable failure;

    Actor(Run run, Runnable script) {
      this.run = run;
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
        run.running.remove(this);
        if (run.running.isEmpty()) {
          run.over.countDown();
        } else {
          run.handOn(this);
        }
      }
    }
  }

  /** Lets another thread go on; nothing on a thread that is not one of these. */
  public void step() {
    Actor actor = current.get(Thread.currentThread());
    if (actor == null) {
      return;
    }
    if (actor.run.turns.get() > MAX_TURNS) {
      throw new AssertionError("It does not end.");
    }
    if (actor.run.handOn(actor) != actor) {
      actor.turn.acquireUninterruptibly();
    }
  }

  /**
   * Runs scripts until all are over.
   *
   * @param random decides who goes on
   */
  public void run(SplittableRandom random, List<Runnable> scripts) throws InterruptedException {
    Run run = new Run(random);
    scripts.forEach(script -> run.running.add(new Actor(run, script)));
    List<Actor> actors = List.copyOf(run.running);
    actors.forEach(threads::execute);
    run.handOn(null);
    int seen = -1;
    while (!run.over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      if (run.turns.get() == seen) {
        throw new AssertionError("A thread hangs.");
      }
      seen = run.turns.get();
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
