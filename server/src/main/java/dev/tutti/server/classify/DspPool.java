package dev.tutti.server.classify;

import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Permit;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.admission.StageTimes.Stage;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * A bounded pool for signal processing in which interactive work overtakes batch work and callers
 * take turns. Each lane has a limit of its own, in pieces of work that wait and in bytes.
 *
 * <p>Bytes count, here and at the request's door, from submission until the work is over, which is
 * when nothing here holds them any more: it ended, or it was cancelled before it began. A caller's
 * cancel alone is not the end of work that runs.
 */
public final class DspPool implements AutoCloseable {
  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  /** Work for the pool. */
  @FunctionalInterface
  public interface Work<T> {
    /**
     * @param token to be asked between the steps of work that may take long
     */
    T run(CancellationToken token) throws Exception;
  }

  private final DspConfig config;
  private final ExecutorService executor;
  private final LongSupplier nanoClock;

  private final Object lock = new Object();
  private final FairQueue<Task<?>> queue = new FairQueue<>();
  private final Map<Lane, Long> heldBytes = new EnumMap<>(Lane.class);

  /** Threads that work, or are about to. */
  private int active;

  private boolean closed;

  public DspPool(DspConfig config, LongSupplier nanoClock) {
    this(config, threads(config.threads()), nanoClock);
  }

  /**
   * @param executor runs {@code config.threads()} tasks at once, each of which works off what waits
   */
  DspPool(DspConfig config, ExecutorService executor, LongSupplier nanoClock) {
    this.config = config;
    this.executor = executor;
    this.nanoClock = nanoClock;
    for (Lane lane : Lane.values()) {
      heldBytes.put(lane, 0L);
    }
  }

  private static ExecutorService threads(int threads) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        threads,
        threads,
        0,
        TimeUnit.SECONDS,
        // One for each thread that is just about to end its last task.
        new LinkedBlockingQueue<>(threads),
        task -> {
          Thread thread = new Thread(task, "signal-" + number.getAndIncrement());
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Runs work on the pool.
   *
   * @param bytes what the work holds on to until it is over
   * @return its outcome; or {@link OverloadedException} at once when too much waits, {@link
   *     ExpiredException} when the deadline of all who wait passed before it began. Cancelling it
   *     before the work begins takes the work out of the queue, and later cancels its token.
   */
  public <T> Queued<T> submit(Pass pass, long bytes, Work<T> work) {
    Task<T> task = new Task<>(pass, bytes, work);
    boolean needsThread = false;
    Optional<? extends RuntimeException> refusal;
    synchronized (lock) {
      long now = nanoClock.getAsLong();
      refusal = refusal(pass, bytes, now);
      if (refusal.isEmpty()) {
        task.admitted(now);
        queue.add(pass, task);
        heldBytes.merge(pass.lane(), bytes, Long::sum);
        needsThread = active < config.threads();
        active += needsThread ? 1 : 0;
      }
    }
    if (refusal.isPresent()) {
      task.completeExceptionally(refusal.get());
      return task;
    }
    task.whenComplete((value, failure) -> task.withdraw(failure));
    if (needsThread) {
      startThread();
    }
    return task;
  }

  private Optional<? extends RuntimeException> refusal(Pass pass, long bytes, long now) {
    Lane lane = pass.lane();
    if (closed) {
      return Optional.of(stopping());
    }
    if (pass.deadline().hasPassed(now)) {
      return Optional.of(pass.deadline().passed());
    }
    if (queue.size(lane) >= config.queueCapacity()) {
      return Optional.of(
          new OverloadedException(
              config.queueCapacity() + " clips wait already; no more are accepted for now.",
              RETRY_AFTER));
    }
    long held = heldBytes.get(lane);
    if (held > 0 && held + bytes > config.queueBytes()) {
      return Optional.of(
          new OverloadedException(
              "Clips of "
                  + held
                  + " bytes are under way, of "
                  + config.queueBytes()
                  + " that may be (setting signal.queue-bytes); no more are accepted for now.",
              RETRY_AFTER));
    }
    return Optional.empty();
  }

  private void startThread() {
    try {
      executor.execute(this::workOff);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile: what waited has been refused.
      synchronized (lock) {
        active--;
      }
    }
  }

  private void workOff() {
    while (true) {
      Optional<Task<?>> next;
      synchronized (lock) {
        next = queue.poll();
        if (next.isEmpty()) {
          active--;
          return;
        }
      }
      next.get().run();
    }
  }

  /** What is under way, in bytes. */
  long heldBytes() {
    synchronized (lock) {
      return heldBytes.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Fails what waits; what runs is left to finish. */
  @Override
  public void close() {
    List<Task<?>> dropped = new ArrayList<>();
    synchronized (lock) {
      closed = true;
      for (Optional<Task<?>> task = queue.poll(); task.isPresent(); task = queue.poll()) {
        dropped.add(task.get());
      }
    }
    executor.shutdown();
    dropped.forEach(Task::refuse);
  }

  private static UnavailableException stopping() {
    return new UnavailableException("The gateway is stopping.");
  }

  /** One piece of work, and its outcome. */
  private final class Task<T> extends Queued<T> {
    private final long bytes;

    // Guarded by the lock.
    private Pass pass;
    private Work<T> work;
    private Permit held;
    private long admittedNanos;

    Task(Pass pass, long bytes, Work<T> work) {
      this.pass = pass;
      this.bytes = bytes;
      this.work = work;
    }

    void admitted(long now) {
      admittedNanos = now;
      held = pass.load().hold();
    }

    void run() {
      Work<T> mine;
      Pass at;
      synchronized (lock) {
        mine = work;
        at = pass;
      }
      long start = nanoClock.getAsLong();
      at.times().add(Stage.DSP_QUEUE, start - admittedNanos);
      try {
        if (at.deadline().hasPassed(start)) {
          throw at.deadline().passed();
        }
        T value = isDone() ? null : mine.run(this::isDone);
        at.times().add(Stage.DSP, nanoClock.getAsLong() - start);
        over(null);
        complete(value);
      } catch (Throwable e) {
        over(e);
        completeExceptionally(e);
      }
    }

    /** The work is let go of: it has ended or will never begin. */
    private void over(Throwable failure) {
      synchronized (lock) {
        if (work == null) {
          return;
        }
        work = null;
        heldBytes.merge(pass.lane(), -bytes, Long::sum);
      }
      held.release(Permit.Outcome.of(failure));
    }

    /** Takes it out of the queue if it still waits there. */
    void withdraw(Throwable failure) {
      boolean waited;
      synchronized (lock) {
        waited = queue.remove(pass, this);
      }
      if (waited) {
        over(failure);
      }
    }

    void refuse() {
      over(stopping());
      completeExceptionally(stopping());
    }

    @Override
    public void alsoFor(Pass joiner) {
      synchronized (lock) {
        Pass joined = pass.joinedBy(joiner);
        if (joined.lane() != pass.lane() && work != null) {
          boolean waits = queue.remove(pass, this);
          heldBytes.merge(pass.lane(), -bytes, Long::sum);
          heldBytes.merge(joined.lane(), bytes, Long::sum);
          if (waits) {
            queue.add(joined, this);
          }
        }
        pass = joined;
      }
    }
  }
}
