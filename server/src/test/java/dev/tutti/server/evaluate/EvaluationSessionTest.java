package dev.tutti.server.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.label.LabelVector;
import dev.tutti.core.metrics.EvaluationAccumulator;
import dev.tutti.server.admission.StageTimes;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.batching.Inference;
import dev.tutti.server.classify.Classification;
import dev.tutti.server.classify.Classification.CacheOutcome;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.error.SampleFailedException;
import dev.tutti.server.time.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EvaluationSessionTest {
  private static final Bank BANK = TestBank.BANK;
  private static final int TOTAL = 10;

  private final SteppedTime time = new SteppedTime();
  private final RecordingListener heard = new RecordingListener();
  private final List<CompletableFuture<Classification>> answers = new ArrayList<>();

  @Test
  void samplesLeaveInTheirOrderWhateverOrderTheyAreAnsweredIn() {
    EvaluationSession session = session(false);
    submit(session, 4);
    answer(2);
    answer(1);
    assertEquals(List.of(), heard.events);
    answer(0);
    assertEquals(List.of("sample 0", "sample 1", "progress 2/10", "sample 2"), heard.events);
    answer(3);
    session.endInput();
    assertEquals(List.of("sample 3", "progress 4/10", "summary"), heard.events.subList(4, 7));
  }

  @Test
  void roomShrinksWithEverySampleThatHasNotLeft() {
    EvaluationSession session = session(false);
    assertEquals(4, session.room());
    submit(session, 3);
    assertEquals(1, session.room());
    answer(1);
    assertEquals(1, session.room());
    answer(0);
    assertEquals(3, session.room());
    assertEquals(1, heard.rooms);
    session.endInput();
    assertEquals(0, session.room());
  }

  @Test
  void heavySamplesLeaveLessRoom() {
    EvaluationSession session = session(false);
    session.submit(input(99));
    assertEquals(3, session.room());
    session.submit(input(1));
    assertEquals(0, session.room());
    answer(0);
    assertEquals(3, session.room());
  }

  @Test
  void theFiguresAreThoseOfTheAccumulator() {
    EvaluationSession session = session(false);
    EvaluationAccumulator expected = new EvaluationAccumulator(BANK.thresholds());
    for (int i = 0; i < TOTAL; i++) {
      submit(session, 1);
      float[] row = row(i);
      answers.get(i).complete(classification(row));
      expected.add(truth(i), row);
      if (i % 2 == 1) {
        assertEquals(expected.running(), heard.running.get(i / 2));
      }
    }
    time.advance(Duration.ofSeconds(3));
    session.endInput();
    assertEquals(expected.report(), heard.summary.orElseThrow());
    assertEquals(0, heard.failed);
    assertEquals(Duration.ofSeconds(3), heard.elapsed);
  }

  @Test
  void aSampleIsAnExactMatchOnlyWhenEveryDecisionIsRight() {
    EvaluationSession session = session(false);
    submit(session, 2);
    answers.get(0).complete(classification(new float[] {0, 0, 0}));
    answers.get(1).complete(classification(new float[] {0.9f, 0.9f, 0}));
    assertTrue(heard.samples.get(0).exactMatch());
    assertFalse(heard.samples.get(1).exactMatch());
  }

  @Test
  void aBrokenSampleEndsTheEvaluationAndTheOthersWithIt() {
    EvaluationSession session = session(false);
    submit(session, 3);
    answers.get(1).completeExceptionally(new IllegalStateException("broken"));
    answer(0);
    SampleFailedException failure =
        assertInstanceOf(SampleFailedException.class, heard.failure.orElseThrow());
    assertEquals("sample 1 ('id 1')", failure.sample());
    assertEquals("broken", failure.getMessage());
    assertTrue(answers.get(2).isCancelled());
    assertEquals(0, session.room());
    session.endInput();
    submit(session, 1);
    assertEquals(List.of("sample 0", "failure"), heard.events);
    assertEquals(3, answers.size());
  }

  @Test
  void aBrokenSampleMayBeSkippedAndIsLeftOutOfTheFigures() {
    EvaluationSession session = session(true);
    IllegalStateException broken = new IllegalStateException("broken");
    submit(session, 1);
    session.submit(
        new LabeledInput(
            "id 1",
            truth(1),
            List.of(),
            0,
            () -> {
              throw broken;
            }));
    submit(session, 1);
    answer(0);
    answer(1);
    session.endInput();
    assertEquals(
        List.of("sample 0", "sample 1", "progress 2/10", "sample 2", "summary"), heard.events);
    assertSame(broken, heard.samples.get(1).failure().orElseThrow());
    assertEquals(1, heard.failed);
    assertEquals(2, heard.summary.orElseThrow().samples());
  }

  @Test
  void aProbabilityThatIsNoneEndsTheEvaluation() {
    EvaluationSession session = session(false);
    submit(session, 2);
    answers.get(0).complete(classification(new float[] {Float.NaN, 0, 0}));
    assertTrue(heard.failure.orElseThrow().getMessage().contains("NaN"));
    assertTrue(answers.get(1).isCancelled());
  }

  @Test
  void aCancelReachesTheClassificationsAndNobodyHearsOfIt() {
    EvaluationSession session = session(false);
    submit(session, 2);
    session.cancel();
    assertTrue(answers.get(0).isCancelled());
    assertTrue(answers.get(1).isCancelled());
    session.endInput();
    assertEquals(List.of(), heard.events);
    assertEquals(0, heard.rooms);
  }

  @Test
  void anEvaluationOfNothingHasASummaryWithoutFigures() {
    session(false).endInput();
    assertEquals(List.of("summary"), heard.events);
    assertTrue(heard.summary.orElseThrow().exactMatchRatio().value().isEmpty());
  }

  private EvaluationSession session(boolean skipBroken) {
    return new EvaluationSession(
        new ScoringOptions(BANK, BANK.thresholds(), false, skipBroken, 2, 0, TOTAL),
        new EvaluationConfig(4, 100, 1, 1),
        UnaryOperator.identity(),
        heard,
        Runnable::run,
        time.clock());
  }

  private void submit(EvaluationSession session, int count) {
    for (int i = 0; i < count; i++) {
      session.submit(input(0));
    }
  }

  private LabeledInput input(long bytes) {
    int index = answers.size();
    return new LabeledInput(
        "id " + index,
        truth(index),
        List.of(),
        bytes,
        () -> {
          CompletableFuture<Classification> answer = new CompletableFuture<>();
          answers.add(answer);
          return answer;
        });
  }

  private void answer(int index) {
    answers.get(index).complete(classification(row(index)));
  }

  private static LabelVector truth(int index) {
    return new LabelVector(BANK.families(), index % 8);
  }

  private static float[] row(int index) {
    return new float[] {index / 10f, 0.7f, 1 - index / 20f};
  }

  private static Classification classification(float[] row) {
    return new Classification(
        BANK,
        row,
        BANK.thresholds(),
        0,
        0,
        new Classification.Trace(
            CacheOutcome.UNUSED,
            CacheOutcome.MISS,
            new Inference(row, "worker", 0, 0, 1),
            new StageTimes()));
  }
}
