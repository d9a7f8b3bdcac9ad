package dev.tutti.server.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.device.WorkerSlot;
import dev.tutti.server.time.SteppedTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WorkerFleetTest {
  private final SteppedTime time = new SteppedTime();
  private final FakeProcessLauncher launcher = new FakeProcessLauncher();
  private final FakeProbes probes = new FakeProbes();
  private final List<String> events = new ArrayList<>();
  private final WorkerFleet fleet =
      new WorkerFleet(
          List.of(slot("worker-4"), slot("worker-5")),
          SupervisedWorker.CONFIG,
          new SupervisionContext(launcher, probes, time, time.clock(), time::nanos, () -> 0.5),
          new Recorder());

  @Test
  void allWorkersAreStartedAndListedInTheirOrder() {
    assertEquals(List.of(WorkerState.LATENT, WorkerState.LATENT), states());
    startAll();
    assertEquals(List.of(WorkerState.READY, WorkerState.READY), states());
    assertEquals(
        List.of("worker-4", "worker-5"),
        fleet.snapshots().stream().map(worker -> worker.slot().name()).toList());
    assertEquals(List.of("ready worker-4", "ready worker-5"), events);
  }

  @Test
  void stoppingIsOverWhenEveryProcessIsGone() {
    startAll();
    CompletableFuture<Void> stopped = fleet.stop();
    assertTrue(launcher.launched.stream().allMatch(FakeWorkerProcess::terminated));
    launcher.launched.get(0).end(0, "");
    assertFalse(stopped.isDone());
    launcher.launched.get(1).end(0, "");
    assertTrue(stopped.isDone());
    assertTrue(fleet.stop().isDone());
  }

  @Test
  void oneWorkerIsDrainedAndStartedAnewByItsName() {
    startAll();
    CompletableFuture<Void> drained = fleet.stop("worker-5").orElseThrow();
    assertFalse(launcher.launched.get(0).terminated());
    launcher.launched.get(1).end(0, "");
    assertTrue(drained.isDone());
    assertEquals(List.of(WorkerState.READY, WorkerState.STOPPED), states());
    assertFalse(fleet.hopeless());

    assertTrue(fleet.restart("worker-5").orElseThrow().isDone());
    assertEquals(List.of(WorkerState.READY, WorkerState.STARTING), states());
    launcher.last().listen();
    assertEquals(List.of(WorkerState.READY, WorkerState.READY), states());
    assertTrue(fleet.stop("worker-0").isEmpty());
  }

  @Test
  void aRestartDrainsFirstAndComesUpWhateverItsExit() {
    startAll();
    CompletableFuture<Void> restarted = fleet.restart("worker-4").orElseThrow();
    assertTrue(launcher.launched.get(0).terminated());
    assertFalse(restarted.isDone());
    launcher.launched.get(0).end(134, "crashed as it drained");
    assertTrue(restarted.isDone());
    assertEquals(3, launcher.launched.size());
    assertEquals(WorkerState.STARTING, fleet.snapshots().get(0).state());
    assertEquals(1, fleet.snapshots().get(0).restarts());
  }

  @Test
  void aStopThatComesDuringARestartWins() {
    startAll();
    CompletableFuture<Void> restarted = fleet.restart("worker-4").orElseThrow();
    CompletableFuture<Void> stopped = fleet.stop("worker-4").orElseThrow();
    launcher.launched.get(0).end(0, "");
    assertTrue(restarted.isDone() && stopped.isDone());
    assertEquals(WorkerState.STOPPED, fleet.snapshots().get(0).state());
    assertEquals(2, launcher.launched.size());
  }

  @Test
  void thereIsNoHopeWhenAllAreGivenUpAndARestartBringsItBack() {
    fleet.start();
    launcher.launched.forEach(process -> process.end(2, "no models"));
    assertTrue(fleet.hopeless());
    assertEquals(List.of(WorkerState.FAILED, WorkerState.FAILED), states());
    fleet.restart("worker-4");
    assertFalse(fleet.hopeless());
    launcher.last().end(1, "crashed");
    assertEquals("setback worker-4", events.get(events.size() - 1));
  }

  private void startAll() {
    probes.serving = true;
    fleet.start();
    launcher.launched.forEach(FakeWorkerProcess::listen);
  }

  private List<WorkerState> states() {
    return fleet.snapshots().stream().map(WorkerSnapshot::state).toList();
  }

  private static WorkerSlot slot(String name) {
    return new WorkerSlot(name, "cpu", List.of(), List.of(), Map.of());
  }

  private final class Recorder implements WorkerListener {
    @Override
    public void onReady(String worker, WorkerHandle handle) {
      events.add("ready " + worker);
    }

    @Override
    public void onSuspect(String worker) {
      events.add("suspect " + worker);
    }

    @Override
    public void onGone(String worker) {
      events.add("gone " + worker);
    }

    @Override
    public void onSetback(String worker, String reason) {
      events.add("setback " + worker);
    }

    @Override
    public void onFailed(String worker, String reason) {
      events.add("failed " + worker);
    }
  }
}
