package dev.tutti.server.classify;

import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Queued;
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

/**
 * A bounded pool for signal processing in which interactive work overtakes batch work and callers
 * take turns. Each lane has a limit of its own, in pieces of work that wait and in bytes.
 *
 * <p>Bytes count from submission until the work is over, which is when nothing here holds them any
 * more: it ended, or it was cancelled before it began. A caller's cancel alone is not the end of
 * work that runs. So whoever accounts for a request until its answer may let go of it then: what
 * outlives the answer is counted here.
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

  private final Object lock = new Object();
  private final FairQueue<Task<?>> queue = new FairQueue<>();
  private final Map<Lane, Long> heldBytes = new EnumMap<>(Lane.class);

  /** Threads that work, or are about to. */
  private int active;

  private boolean closed;

  public DspPool(DspConfig config) {
    this(config, threads(config.threads()));
  }

  /**
   * @param executor runs {@code config.threads()} tasks at once, each of which works off what waits
   */
  DspPool(DspConfig config, ExecutorService executor) {
    this.config = config;
    this.executor = executor;
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
   * @return its outcome; or {@link OverloadedException} at once when too much waits. Cancelling it
   *     before the work begins takes the work out of the queue, and later cancels its token.
   */
  public <T> Queued<T> submit(Pass pass, long bytes, Work<T> work) {
    Task<T> task = new Task<>(pass, bytes, work);
    boolean needsThread = false;
    Optional<? extends RuntimeException> refusal;
    synchronized (lock) {
      refusal = refusal(pass.lane(), bytes);
      if (refusal.isEmpty()) {
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
    task.whenComplete((value, failure) -> task.withdraw());
    if (needsThread) {
      startThread();
    }
    return task;
  }

  private Optional<? extends RuntimeException> refusal(Lane lane, long bytes) {
    if (closed) {
      return Optional.of(stopping());
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

    Task(Pass pass, long bytes, Work<T> work) {
      this.pass = pass;
      this.bytes = bytes;
      this.work = work;
    }

    void run() {
      Work<T> mine;
      synchronized (lock) {
        mine = work;
      }
      try {
        T value = isDone() ? null : mine.run(this::isDone);
        over();
        complete(value);
      } catch (Throwable e) {
        over();
        completeExceptionally(e);
      }
    }

    /** The work is let go of: it has ended or will never begin. */
    private void over() {
      synchronized (lock) {
        if (work != null) {
          work = null;
          heldBytes.merge(pass.lane(), -bytes, Long::sum);
        }
      }
    }

    /** Takes it out of the queue if it still waits there. */
    void withdraw() {
      synchronized (lock) {
        if (queue.remove(pass, this)) {
          over();
        }
      }
    }

    void refuse() {
      over();
      completeExceptionally(stopping());
    }

    @Override
    public void promote() {
      synchronized (lock) {
        if (queue.remove(pass, this)) {
          heldBytes.merge(pass.lane(), -bytes, Long::sum);
          pass = new Pass(Lane.INTERACTIVE, pass.caller());
          heldBytes.merge(pass.lane(), bytes, Long::sum);
          queue.add(pass, this);
        }
      }
    }
  }
}
