package dev.tutti.server.evaluate;

import dev.tutti.server.error.OverloadedException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Limits how many evaluations run at once. */
public final class EvaluationSlots {
  private final int limit;
  private final Semaphore free;

  public EvaluationSlots(int limit) {
    this.limit = limit;
    this.free = new Semaphore(limit);
  }

  /**
   * Takes a place.
   *
   * @return gives it back; running it again does nothing
   * @throws OverloadedException when all are taken
   */
  public Runnable acquire() {
    if (!free.tryAcquire()) {
      throw new OverloadedException(
          limit + " evaluations run already; no more are accepted for now.", Duration.ofSeconds(5));
    }
    AtomicBoolean given = new AtomicBoolean();
    return () -> {
      if (given.compareAndSet(false, true)) {
        free.release();
      }
    };
  }
}
