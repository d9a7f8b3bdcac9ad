package dev.tutti.server.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The life of a worker that is well, unwell or asked to stop. */
class WorkerSupervisorTest {
  private static final Duration PROBE = SupervisedWorker.CONFIG.probeInterval();

  @Test
  void aWorkerIsReadyOnceItServesAndSuspectWhileItMissesProbes() {
    SupervisedWorker worker = new SupervisedWorker();
    assertEquals(WorkerState.LATENT, worker.state());
    worker.supervisor.start();
    assertEquals(WorkerState.STARTING, worker.state());
    worker.launcher.last().listen();
    assertEquals(WorkerState.STARTING, worker.state());
    worker.probes.serving = true;
    worker.advance(PROBE.dividedBy(10));
    assertEquals(WorkerState.READY, worker.state());

    worker.probes.serving = false;
    worker.advance(PROBE);
    assertEquals(WorkerState.READY, worker.state());
    worker.advance(PROBE);
    assertEquals(WorkerState.SUSPECT, worker.state());
    worker.probes.serving = true;
    worker.advance(PROBE);
    assertEquals(WorkerState.READY, worker.state());

    assertEquals(List.of("ready 127.0.0.1:1000", "suspect", "ready 127.0.0.1:1000"), worker.events);
  }

  @Test
  void theSnapshotShowsTheProcess() {
    SupervisedWorker worker = new SupervisedWorker();
    assertEquals(Optional.empty(), worker.supervisor.snapshot().startTime());
    worker.advance(Duration.ofSeconds(7));
    worker.supervisor.start();
    worker.becomeReady();
    WorkerSnapshot snapshot = worker.supervisor.snapshot();
    assertEquals(1000, snapshot.pid());
    assertEquals(Optional.of(new WorkerAddress("127.0.0.1:1000")), snapshot.address());
    assertEquals(Optional.of(Instant.ofEpochSecond(7)), snapshot.startTime());
    assertEquals(0, snapshot.restarts());
    assertEquals("", snapshot.lastExit());
  }

  @Test
  void missedProbesAreForgottenByOneThatIsAnswered() {
    SupervisedWorker worker = SupervisedWorker.ready();
    for (int i = 0; i < 10; i++) {
      worker.probes.serving = i % 2 == 0;
      worker.advance(PROBE);
    }
    assertEquals(WorkerState.READY, worker.state());
    assertEquals(List.of("ready 127.0.0.1:1000"), worker.events);
  }

  @Test
  void aWorkerThatKeepsMissingProbesIsKilledAndStartedAnew() {
    SupervisedWorker worker = SupervisedWorker.ready();
    worker.probes.serving = false;
    worker.advance(PROBE.multipliedBy(3));
    assertFalse(worker.launcher.last().killed());
    worker.advance(PROBE);
    assertTrue(worker.launcher.last().killed());
    assertEquals(WorkerState.BACKOFF, worker.state());
    assertEquals(List.of("ready 127.0.0.1:1000", "suspect", "gone"), worker.events);
    assertEquals(0, worker.probes.open);
    worker.advance(Duration.ofMillis(100));
    assertEquals(2, worker.launcher.launched.size());
  }

  @Test
  void aWorkerThatIsNotReadyInTimeIsKilled() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    worker.launcher.last().listen();
    worker.advance(Duration.ofSeconds(59));
    assertEquals(WorkerState.STARTING, worker.state());
    worker.advance(Duration.ofSeconds(1));
    assertTrue(worker.launcher.launched.get(0).killed());
    assertEquals(WorkerState.BACKOFF, worker.state());
    assertEquals(List.of(), worker.events);
  }

  @Test
  void aReadyWorkerIsDrainedBeforeItStops() {
    SupervisedWorker worker = SupervisedWorker.ready();
    CompletableFuture<Void> stopped = worker.supervisor.stop();
    assertEquals(WorkerState.DRAINING, worker.state());
    assertTrue(worker.launcher.last().terminated());
    assertFalse(stopped.isDone());
    assertEquals(List.of("ready 127.0.0.1:1000", "gone"), worker.events);
    int checks = worker.probes.checks;

    worker.advance(Duration.ofSeconds(4));
    worker.launcher.last().end(143, "");
    assertEquals(WorkerState.STOPPED, worker.state());
    assertTrue(stopped.isDone());
    worker.advance(Duration.ofHours(1));
    assertFalse(worker.launcher.last().killed());
    assertEquals(1, worker.launcher.launched.size());
    assertEquals(checks, worker.probes.checks);
    assertEquals(List.of("ready 127.0.0.1:1000", "gone"), worker.events);
  }

  @Test
  void aWorkerThatDrainsTooLongIsKilled() {
    SupervisedWorker worker = SupervisedWorker.ready();
    CompletableFuture<Void> stopped = worker.supervisor.stop();
    worker.advance(SupervisedWorker.CONFIG.drainTimeout());
    assertTrue(worker.launcher.last().killed());
    assertTrue(stopped.isDone());
    assertEquals(WorkerState.STOPPED, worker.state());
  }

  @Test
  void aStartingWorkerStopsWithoutEverBeingReady() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    CompletableFuture<Void> stopped = worker.supervisor.stop();
    worker.becomeReady();
    worker.launcher.last().end(0, "");
    assertTrue(stopped.isDone());
    assertEquals(List.of(), worker.events);
  }

  @Test
  void aSuspectWorkerIsGoneOnceItDrains() {
    SupervisedWorker worker = SupervisedWorker.ready();
    worker.probes.serving = false;
    worker.advance(PROBE.multipliedBy(2));
    worker.supervisor.stop();
    assertEquals(List.of("ready 127.0.0.1:1000", "suspect", "gone"), worker.events);
    assertEquals(WorkerState.DRAINING, worker.state());
  }

  @Test
  void whatHasNoProcessStopsAtOnce() {
    SupervisedWorker latent = new SupervisedWorker();
    assertTrue(latent.supervisor.stop().isDone());
    latent.supervisor.start();
    assertEquals(0, latent.launcher.launched.size());

    SupervisedWorker waiting = SupervisedWorker.ready();
    waiting.launcher.last().end(1, "");
    assertEquals(WorkerState.BACKOFF, waiting.state());
    assertTrue(waiting.supervisor.stop().isDone());
    assertTrue(waiting.supervisor.stop().isDone());
    waiting.advance(Duration.ofHours(1));
    assertEquals(1, waiting.launcher.launched.size());
    assertEquals(WorkerState.STOPPED, waiting.state());
  }
}
