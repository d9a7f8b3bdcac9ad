package dev.tutti.server.admission;

/** What a request takes up at the door, such as the bytes of its message. */
@FunctionalInterface
public interface RequestLoad {
  /** Takes up nothing. */
  RequestLoad NONE = () -> new Permit(outcome -> {});

  /**
   * A piece of the request's work begins, which holds on to what the request brought: it counts
   * until the last such permit has been released, also when the caller has left long before.
   */
  Permit hold();
}
