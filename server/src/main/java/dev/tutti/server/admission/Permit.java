package dev.tutti.server.admission;

import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.OverloadedException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Leave to take something up, such as room at a worker, a place among evaluations or bytes at the
 * door. Who issues it has counted it already; it is given back by its first release. Releasing it
 * again does nothing by design: an end is often heard from two sides, a caller who leaves and work
 * that fails. Safe for several threads.
 */
public final class Permit {
  /** What came of what was permitted. */
  public enum Outcome {
    /** It was done: how long it took says how fast work goes. */
    SUCCEEDED,
    /** It ended for reasons of its own, such as its input or its caller: that says nothing. */
    IGNORED,
    /** It was not done for want of room or time: a sign of too much load. */
    DROPPED;

    /**
     * @param failure what work ended with; null when it was done
     */
    public static Outcome of(Throwable failure) {
      if (failure == null) {
        return SUCCEEDED;
      }
      return failure instanceof OverloadedException || failure instanceof ExpiredException
          ? DROPPED
          : IGNORED;
    }
  }

  private final AtomicReference<Consumer<Outcome>> issuer;

  /**
   * @param issuer takes it back; called once at most, on the thread that releases it
   */
  public Permit(Consumer<Outcome> issuer) {
    this.issuer = new AtomicReference<>(issuer);
  }

  /** Gives it back; returns whether it was out until now. */
  public boolean release(Outcome outcome) {
    Consumer<Outcome> first = issuer.getAndSet(null);
    if (first == null) {
      return false;
    }
    first.accept(outcome);
    return true;
  }

  /** Whether it has not been released yet. */
  public boolean isOut() {
    return issuer.get() != null;
  }
}
