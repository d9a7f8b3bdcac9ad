package dev.tutti.server.evaluate;

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
    working++;
    open.put(peer, own + 1);
    return new Slot(peer);
  }

  /** One evaluation's place. */
  public final class Slot {
    private final String peer;
    private boolean works = true;
    private boolean left;
    private Runnable onGranted = () -> {};

    private Slot(String peer) {
      this.peer = peer;
    }

    /** Whether it may work. */
    public boolean works() {
      synchronized (EvaluationSlots.this) {
        return works;
      }
    }

    /** There is nothing to do for now: another may have the place. */
    public void rest() {
      Runnable granted;
      synchronized (EvaluationSlots.this) {
        granted = giveUp();
      }
      granted.run();
    }

    /**
     * There is something to do again.
     *
     * @param then run once there is a place, at once where there is one
     */
    public void resume(Runnable then) {
      synchronized (EvaluationSlots.this) {
        if (left) {
          return;
        }
        if (!works && working >= limit) {
          onGranted = then;
          if (!waiting.contains(this)) {
            waiting.add(this);
          }
          return;
        }
        working += works ? 0 : 1;
        works = true;
      }
      then.run();
    }

    /** The evaluation is over. Leaving again does nothing. */
    public void leave() {
      Runnable granted;
      synchronized (EvaluationSlots.this) {
        if (left) {
          return;
        }
        left = true;
        waiting.remove(this);
        open.computeIfPresent(peer, (name, count) -> count == 1 ? null : count - 1);
        granted = giveUp();
      }
      granted.run();
    }

    /** Hands the place to the next in line; what is returned tells it so. */
    private Runnable giveUp() {
      if (!works) {
        return () -> {};
      }
      works = false;
      Slot next = waiting.poll();
      if (next == null) {
        working--;
        return () -> {};
      }
      next.works = true;
      return next.onGranted;
    }
  }
}
