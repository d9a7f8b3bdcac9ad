package dev.tutti.server.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.supervision.EndJudge.Deed;
import dev.tutti.server.supervision.WorkerEnd.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndJudgeTest {
  @ParameterizedTest
  @CsvSource({
    "0, KILLED",
    "143, KILLED",
    "137, KILLED",
    "130, KILLED",
    "129, KILLED",
    "1, CRASHED",
    "2, CRASHED",
    "134, CRASHED",
    "135, CRASHED",
    "136, CRASHED",
    "139, CRASHED",
    "-1, CRASHED",
    "3, OUT_OF_MEMORY"
  })
  void aWorkerThatServedAndWasLeftAloneIsJudgedByItsExitStatus(int code, Kind kind) {
    assertEquals(kind, judge(Deed.NONE, code));
  }

  @ParameterizedTest
  @CsvSource({
    "ASKED_TO_DRAIN, 0, DRAINED",
    "ASKED_TO_DRAIN, 143, DRAINED",
    "ASKED_TO_DRAIN, 137, DRAINED",
    "ASKED_TO_DRAIN, 134, CRASHED",
    "ASKED_TO_DRAIN, 3, OUT_OF_MEMORY",
    "KILLED_AS_HUNG, 137, HUNG",
    "KILLED_AS_HUNG, 134, CRASHED",
    "KILLED_AS_UNFIT, 137, UNFIT"
  })
  void whatItsSupervisorDidComesBeforeASignalAndAFaultBeforeThat(Deed deed, int code, Kind kind) {
    assertEquals(kind, judge(deed, code));
  }

  @Test
  void aKillThatTheKernelCountsIsWantOfMemory() {
    WorkerExit exit = new WorkerExit(137, "", true);
    assertEquals(Kind.OUT_OF_MEMORY, EndJudge.judge(Deed.NONE, "", exit, true).kind());
  }

  @Test
  void oneThatEndsInOrderBeforeItServesWasNotAskedTo() {
    WorkerExit exit = new WorkerExit(0, "");
    assertEquals(Kind.CRASHED, EndJudge.judge(Deed.NONE, "", exit, false).kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CRASHED", "HUNG", "UNFIT", "OUT_OF_MEMORY"})
  void theseCountAgainstTheWorkAndTheWorker(Kind kind) {
    assertTrue(new WorkerEnd(kind, "as a test says").ownFault());
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILLED", "DRAINED"})
  void theseCountAgainstNobody(Kind kind) {
    assertFalse(new WorkerEnd(kind, "as a test says").ownFault());
  }

  private static Kind judge(Deed deed, int code) {
    return EndJudge.judge(deed, "", new WorkerExit(code, ""), true).kind();
  }
}
