package dev.tutti.server.admission;

/**
 * What travels with a piece of work from the door to the worker and back: how it waits, for whom,
 * and how long it took.
 *
 * @param lane which queue it waits in
 * @param deadline when nobody waits for it any more
 * @param caller who sent it, such as one connection: callers take turns within a lane, so that one
 *     who sends much waits for itself and for nobody else's sake
 * @param requestId names the request in logs, here and at its client
 * @param times where its time went
 * @param load what the request takes up at the door until its last piece of work is over
 */
public record Pass(
    Lane lane,
    Deadline deadline,
    String caller,
    String requestId,
    StageTimes times,
    RequestLoad load) {
  /** A pass of work that takes up nothing at any door. */
  public static Pass of(Lane lane, Deadline deadline, String caller, String requestId) {
    return new Pass(lane, deadline, caller, requestId, new StageTimes(), RequestLoad.NONE);
  }

  /** The same for one more piece of the request's work, whose times are counted apart. */
  public Pass ofOneSample() {
    return new Pass(lane, deadline, caller, requestId, new StageTimes(), load);
  }

  /** Whether work with this pass waits as urgently and as long as another caller wants it to. */
  public boolean covers(Pass other) {
    return lane.compareTo(other.lane) <= 0 && !other.deadline.isAfter(deadline);
  }

  /**
   * The pass of this work once another caller waits for it, too: it has the more urgent lane and
   * the later deadline of the two. All else stays that of whoever began the work.
   */
  public Pass joinedBy(Pass other) {
    Lane urgent = other.lane.compareTo(lane) < 0 ? other.lane : lane;
    return new Pass(urgent, deadline.later(other.deadline), caller, requestId, times, load);
  }
}
