package dev.tutti.server.admission;

/** Passes of requests that wait forever. */
public final class TestPass {
  private TestPass() {}

  public static Pass of(Lane lane) {
    return of(lane, "a caller");
  }

  public static Pass of(Lane lane, String caller) {
    return Pass.of(lane, Deadline.NONE, caller, "a request");
  }

  /** One that waits until then. */
  public static Pass of(Lane lane, Deadline deadline) {
    return Pass.of(lane, deadline, "a caller", "a request");
  }
}
