package dev.tutti.server.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of workers that end unasked. */
class WorkerSupervisorRestartTest {
  @Test
  void theWaitsGrowAndAreDrawnFromTheirUpperHalf() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    worker.random = 0;
    worker.launcher.last().end(1, "");
    assertStartsAfter(worker, Duration.ofMillis(50));
    worker.random = 0.5;
    worker.launcher.last().end(1, "");
    assertStartsAfter(worker, Duration.ofMillis(150));
    worker.random = 0.25;
    worker.launcher.last().end(1, "");
    assertStartsAfter(worker, Duration.ofMillis(250));
    assertEquals(List.of(0, 1, 2, 3), worker.launcher.incarnations);
    assertEquals(3, worker.supervisor.snapshot().restarts());
  }

  @Test
  void timeAsReadyForgivesEarlierFailures() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    for (int i = 0; i < 3; i++) {
      worker.launcher.last().end(1, "");
      worker.advance(Duration.ofSeconds(1));
    }
    worker.becomeReady();
    worker.advance(SupervisedWorker.CONFIG.stableUptime());
    worker.launcher.last().end(1, "");
    assertEquals(WorkerState.BACKOFF, worker.state());
    assertStartsAfter(worker, Duration.ofMillis(75));
  }

  @Test
  void beingReadyForAMomentForgivesNothing() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    for (int i = 0; i < 4; i++) {
      assertEquals(WorkerState.STARTING, worker.state());
      worker.becomeReady();
      worker.advance(Duration.ofSeconds(29));
      worker.launcher.last().end(1, "out of memory");
      worker.advance(Duration.ofSeconds(1));
    }
    assertEquals(WorkerState.FAILED, worker.state());
    assertEquals(
        List.of("gone", "failed exit status 1: out of memory"),
        worker.events.subList(worker.events.size() - 2, worker.events.size()));
    worker.advance(Duration.ofHours(1));
    assertEquals(4, worker.launcher.launched.size());
  }

  @Test
  void beingEndedFromOutsideIsNoCrashLoop() {
    int[] codes = {137, 143, 0, 130, 129};
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    for (int i = 0; i < 20; i++) {
      worker.becomeReady();
      worker.launcher.last().end(codes[i % codes.length], "");
      assertStartsAfter(worker, Duration.ofMillis(75));
    }
    assertEquals(WorkerState.STARTING, worker.state());
  }

  @Test
  void beingKilledWhileStartingMakesTheWaitsLongerButIsNoCrashLoop() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    for (int i = 0; i < 20; i++) {
      worker.launcher.last().end(137, "");
      worker.advance(Duration.ofSeconds(1));
    }
    assertEquals(WorkerState.STARTING, worker.state());
    worker.launcher.last().end(137, "");
    assertStartsAfter(worker, Duration.ofMillis(750));
  }

  @Test
  void aWorkerThatHangsTimeAndAgainIsGivenUp() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    for (int i = 0; i < 4; i++) {
      worker.becomeReady();
      assertEquals(WorkerState.READY, worker.state());
      worker.probes.serving = false;
      worker.advance(Duration.ofSeconds(4));
      assertTrue(worker.launcher.last().killed());
      worker.advance(Duration.ofSeconds(1));
    }
    assertEquals(WorkerState.FAILED, worker.state());
  }

  @Test
  void aWorkerThatDoesNotAnswerItsBatchesIsGivenUpToo() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    for (int i = 0; i < 4; i++) {
      worker.becomeReady();
      WorkerHandle heard = worker.heard;
      heard.reportHung("no answer");
      assertTrue(worker.launcher.last().killed());
      assertEquals(WorkerEnd.Kind.HUNG, heard.end().join().kind());
      worker.advance(Duration.ofSeconds(1));
    }
    assertEquals(WorkerState.FAILED, worker.state());
    assertEquals(
        "failed hung and was killed: no answer", worker.events.get(worker.events.size() - 1));
  }

  @Test
  void aWorkerThatTheKernelKillsForWantOfMemoryTimeAndAgainIsGivenUp() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    for (int i = 0; i < 4; i++) {
      worker.becomeReady();
      worker.launcher.last().endWith(new WorkerExit(137, "", true));
      worker.advance(Duration.ofSeconds(1));
    }
    assertEquals(WorkerState.FAILED, worker.state());
  }

  @Test
  void aReportOnAWorkerThatHasBeenReplacedEndsNobody() {
    SupervisedWorker worker = SupervisedWorker.ready();
    WorkerHandle first = worker.heard;
    worker.launcher.last().end(143, "");
    worker.advance(Duration.ofSeconds(1));
    worker.becomeReady();
    first.reportHung("late");
    assertFalse(worker.launcher.last().killed());
    assertEquals(WorkerEnd.Kind.KILLED, first.end().join().kind());
  }

  @Test
  void aProgramThatEndsInOrderBeforeItServesIsGivenUp() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    for (int i = 0; i < 4; i++) {
      worker.launcher.last().end(0, "");
      worker.advance(Duration.ofSeconds(1));
    }
    assertEquals(WorkerState.FAILED, worker.state());
  }

  @Test
  void whoeverHearsOfAnEndFindsTheWorkerGoneAlready() {
    SupervisedWorker worker = SupervisedWorker.ready();
    worker.heard.end().thenAccept(end -> worker.events.add("end " + end));
    worker.launcher.last().end(134, "core dumped");
    assertEquals(
        List.of("ready 127.0.0.1:1000", "gone", "end exit status 134: core dumped"), worker.events);
  }

  @Test
  void theEarliestMomentOfReadinessIsItsWaitAndItsFastestStart() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    worker.advance(Duration.ofSeconds(3));
    worker.becomeReady();
    worker.launcher.last().end(1, "");
    assertEquals(
        worker.time.clock().instant().plus(Duration.ofMillis(75)).plusSeconds(3),
        worker.supervisor.snapshot().readyAt().orElseThrow());
    worker.supervisor.stop();
    assertTrue(worker.supervisor.snapshot().readyAt().isEmpty());
  }

  @Test
  void aWorkerThatNeverStartsInTimeIsGivenUp() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    worker.advance(Duration.ofMinutes(5));
    assertEquals(4, worker.launcher.launched.size());
    assertEquals(WorkerState.FAILED, worker.state());
  }

  @Test
  void aWorkerThatSaysItCannotStartIsGivenUpAtOnce() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    worker.launcher.last().end(2, "there are no models in /m");
    assertEquals(WorkerState.FAILED, worker.state());
    assertEquals(List.of("failed exit status 2: there are no models in /m"), worker.events);
    assertEquals(
        "exit status 2: there are no models in /m", worker.supervisor.snapshot().lastExit());
    assertTrue(worker.supervisor.stop().isDone());
    assertEquals(WorkerState.STOPPED, worker.state());
  }

  @Test
  void theSameExitStatusOfAWorkerThatServedIsACrashLikeAnyOther() {
    SupervisedWorker worker = SupervisedWorker.ready();
    worker.launcher.last().end(2, "");
    assertEquals(WorkerState.BACKOFF, worker.state());
  }

  @Test
  void aProcessThatCannotBeMadeIsTriedAgainAndThenGivenUp() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.launcher.refuse("no such program");
    worker.supervisor.start();
    assertEquals(WorkerState.BACKOFF, worker.state());
    worker.advance(Duration.ofSeconds(10));
    assertEquals(WorkerState.FAILED, worker.state());
    assertEquals(4, worker.launcher.incarnations.size());
    assertEquals(
        List.of("failed exit status -1: cannot be started: no such program"), worker.events);
  }

  @Test
  void theProbesOfALifeEndWithIt() {
    SupervisedWorker worker = SupervisedWorker.ready();
    worker.launcher.last().end(1, "");
    int checks = worker.probes.checks;
    worker.advance(Duration.ofSeconds(50));
    assertEquals(checks, worker.probes.checks);
    assertEquals(0, worker.probes.open);
  }

  private static void assertStartsAfter(SupervisedWorker worker, Duration wait) {
    int before = worker.launcher.launched.size();
    worker.advance(wait.minusNanos(1));
    assertEquals(before, worker.launcher.launched.size());
    worker.advance(Duration.ofNanos(1));
    assertEquals(before + 1, worker.launcher.launched.size());
  }
}
