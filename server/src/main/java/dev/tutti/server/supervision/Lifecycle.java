package dev.tutti.server.supervision;

import io.grpc.SynchronizationContext;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one worker. Read and changed on its supervisor's serial context only, and only as
 * {@link WorkerState#next} allows: whatever else is tried is a fault of the supervisor, which must
 * not pass unseen.
 */
final class Lifecycle {
  private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

  private final String name;
  private final SynchronizationContext context;
  private WorkerState state = WorkerState.LATENT;

  Lifecycle(String name, SynchronizationContext context) {
    this.name = name;
    this.context = context;
  }

  /**
   * @throws IllegalStateException outside of the serial context
   */
  WorkerState state() {
    context.throwIfNotInThisSynchronizationContext();
    return state;
  }

  /** Whether the process is up and has work, or may have it again. */
  boolean serves() {
    return state() == WorkerState.READY || state() == WorkerState.SUSPECT;
  }

  /**
   * @throws IllegalStateException for a state that may not follow on this one, and outside of the
   *     serial context
   */
  void enter(WorkerState next) {
    WorkerState now = state();
    if (!now.next().contains(next)) {
      throw new IllegalStateException(
          "%s is %s; it may become one of %s, not %s"
              .formatted(name, now, new TreeSet<>(now.next()), next));
    }
    log.debug("{}: {} -> {}", name, now, next);
    state = next;
  }
}
