package dev.tutti.server.supervision;

import static dev.tutti.server.supervision.WorkerState.BACKOFF;
import static dev.tutti.server.supervision.WorkerState.DRAINING;
import static dev.tutti.server.supervision.WorkerState.FAILED;
import static dev.tutti.server.supervision.WorkerState.LATENT;
import static dev.tutti.server.supervision.WorkerState.READY;
import static dev.tutti.server.supervision.WorkerState.STARTING;
import static dev.tutti.server.supervision.WorkerState.STOPPED;
import static dev.tutti.server.supervision.WorkerState.SUSPECT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.SynchronizationContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {
  /** One way from the beginning to each state. */
  private static final Map<WorkerState, List<WorkerState>> WAYS =
      new EnumMap<>(
          Map.of(
              LATENT, List.of(),
              STARTING, List.of(STARTING),
              READY, List.of(STARTING, READY),
              SUSPECT, List.of(STARTING, READY, SUSPECT),
              DRAINING, List.of(STARTING, DRAINING),
              STOPPED, List.of(STOPPED),
              BACKOFF, List.of(STARTING, BACKOFF),
              FAILED, List.of(STARTING, FAILED)));

  private final List<Throwable> problems = new ArrayList<>();
  private final SynchronizationContext context =
      new SynchronizationContext((thread, problem) -> problems.add(problem));

  static Stream<Arguments> everyPair() {
    return WAYS.keySet().stream()
        .flatMap(from -> Stream.of(WorkerState.values()).map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void whatIsInTheTableIsEnteredAndWhatIsNotIsRefused(WorkerState from, WorkerState to) {
    Lifecycle lifecycle = new Lifecycle("worker-0", context);
    boolean allowed = from.next().contains(to);
    context.execute(
        () -> {
          WAYS.get(from).forEach(lifecycle::enter);
          if (allowed) {
            lifecycle.enter(to);
          } else {
            assertThrows(IllegalStateException.class, () -> lifecycle.enter(to));
          }
          assertEquals(allowed ? to : from, lifecycle.state());
        });
    assertEquals(List.of(), problems);
  }

  @Test
  void everyStateCanBeLeftAndReached() {
    EnumSet<WorkerState> reached = EnumSet.noneOf(WorkerState.class);
    for (WorkerState state : WorkerState.values()) {
      reached.addAll(state.next());
      assertEquals(false, state.next().isEmpty(), state + " has no end");
    }
    assertEquals(EnumSet.allOf(WorkerState.class), reached);
  }

  @Test
  void aWorkerThatHasStoppedDoesNotServeAgainWithoutBeingStarted() {
    Lifecycle lifecycle = new Lifecycle("worker-0", context);
    context.execute(() -> lifecycle.enter(STOPPED));
    context.execute(() -> lifecycle.enter(READY));
    assertEquals(
        List.of("worker-0 is STOPPED; it may become one of [LATENT], not READY"),
        problems.stream().map(Throwable::getMessage).toList());
  }

  @Test
  void nobodyOutsideOfTheSerialContextMayTouchIt() {
    Lifecycle lifecycle = new Lifecycle("worker-0", context);
    assertThrows(IllegalStateException.class, lifecycle::state);
    assertThrows(IllegalStateException.class, () -> lifecycle.enter(STARTING));
  }
}
