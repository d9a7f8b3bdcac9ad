package dev.tutti.server.evaluate;

import dev.tutti.server.admission.Permit;
import dev.tutti.server.admission.Permit.Outcome;
import dev.tutti.server.error.OverloadedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Limits how many evaluations work at once, and how many each client has open. An evaluation whose
 * client neither sends nor reads gives its place to others and gets one again, in line, when there
 * is work.
 */
public final class EvaluationSlots {
  private final int limit;
  private final int openPerPeer;
  private final Map<String, Integer> open = new HashMap<>();
  private final Deque<Slot> waiting = new ArrayDeque<>();
  private int working;

  /**
   * @param limit evaluations that may work at once
   * @param openPerPeer evaluations that one client may have open, working or not
   */
  public EvaluationSlots(int limit, int openPerPeer) {
    this.limit = limit;
    this.openPerPeer = openPerPeer;
  }

  /**
   * Takes a place.
   *
   * @param peer whose evaluation it is
   * @throws OverloadedException when all are taken, or the client has too many already
   */
  public synchronized Slot enter(String peer) {
    int own = open.getOrDefault(peer, 0);
    if (own >= openPerPeer) {
      throw new OverloadedException(
          "This client has "
              + openPerPeer
              + " evaluations open already; no more are accepted (setting"
              + " evaluate.max-open-per-peer).",
          Duration.ofSeconds(5));
    }
    if (working >= limit) {
      throw new OverloadedException(
          limit + " evaluations run already; no more are accepted for now.", Duration.ofSeconds(5));
    }
    return new Slot(openOf(peer), workingPlace());
  }

  private Permit openOf(String peer) {
    open.merge(peer, 1, Integer::sum);
    return new Permit(outcome -> close(peer));
  }

  private synchronized void close(String peer) {
    open.computeIfPresent(peer, (name, count) -> count == 1 ? null : count - 1);
  }

  private Permit workingPlace() {
    working++;
    return new Permit(outcome -> handOn());
  }

  /** The next in line gets the place that was given back. */
  private void handOn() {
    Slot next;
    synchronized (this) {
      working--;
      next = waiting.poll();
      if (next == null) {
        return;
      }
      next.place = workingPlace();
    }
    next.onGranted.run();
  }

  /** One evaluation's place. How long it is kept says nothing of load. */
  public final class Slot {
    private final Permit open;
    private Runnable onGranted = () -> {};

    /** To work; null while it rests. */
    private Permit place;

    private Slot(Permit open, Permit place) {
      this.open = open;
      this.place = place;
    }

    /** Whether it may work. */
    public boolean works() {
      synchronized (EvaluationSlots.this) {
        return place != null;
      }
    }

    /** There is nothing to do for now: another may have the place. */
    public void rest() {
      Permit mine;
      synchronized (EvaluationSlots.this) {
        mine = place;
        place = null;
      }
      if (mine != null) {
        mine.release(Outcome.IGNORED);
      }
    }

    /**
     * There is something to do again.
     *
     * @param then run once there is a place, at once where there is one
     */
    public void resume(Runnable then) {
      synchronized (EvaluationSlots.this) {
        if (!open.isOut()) {
          return;
        }
        if (place == null && working >= limit) {
          onGranted = then;
          if (!waiting.contains(this)) {
            waiting.add(this);
          }
          return;
        }
        place = place == null ? workingPlace() : place;
      }
      then.run();
    }

    /** The evaluation is over. Leaving again does nothing. */
    public void leave() {
      synchronized (EvaluationSlots.this) {
        if (!open.release(Outcome.IGNORED)) {
          return;
        }
        waiting.remove(this);
      }
      rest();
    }
  }
}
