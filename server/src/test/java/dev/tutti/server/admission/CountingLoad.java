package dev.tutti.server.admission;

import java.util.ArrayList;
import java.util.List;

/** Counts what is held of a request, and how it was released. Not thread-safe. */
public final class CountingLoad implements RequestLoad {
  public final List<Permit.Outcome> released = new ArrayList<>();
  private int held;

  @Override
  public Permit hold() {
    held++;
    return new Permit(released::add);
  }

  /** Permits that are out. */
  public int out() {
    return held - released.size();
  }

  /** The pass of a request with this load. */
  public Pass pass() {
    return pass(Deadline.NONE);
  }

  public Pass pass(Deadline deadline) {
    return new Pass(Lane.BATCH, deadline, "a caller", "a request", new StageTimes(), this);
  }
}
