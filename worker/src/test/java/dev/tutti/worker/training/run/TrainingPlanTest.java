package dev.tutti.worker.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.worker.training.network.NetworkShape;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingPlanTest {
  private static final TrainingPlan PLAN =
      new TrainingPlan("joint", 64, 1000, Optional.of(Duration.ofSeconds(10)), 1e-3, 10, 1);

  @Test
  void progressIsThatOfWhateverEndsFirst() {
    assertEquals(0.5, PLAN.progress(500, 0));
    assertEquals(0.7, PLAN.progress(500, 7_000_000_000L));
    assertEquals(1, PLAN.progress(1, 20_000_000_000L));
  }

  @Test
  void theRateRisesAndFalls() {
    assertTrue(PLAN.learningRate(0, 0) < PLAN.learningRate(299, 0));
    assertEquals(1e-3, PLAN.learningRate(299, 0), 1e-9);
    assertEquals(0.005e-3, PLAN.learningRate(900, 1), 1e-9);
  }

  @Test
  void givesUpAfterTwelveEvaluationsThatWereNoBetter() {
    assertFalse(PLAN.stale(319, 200));
    assertTrue(PLAN.stale(320, 200));
  }

  /** Checkpoints hold this text: one that reads otherwise leaves them behind. */
  @Test
  void aCheckpointIsKnownByTheTextThatEarlierOnesHold() {
    assertEquals(
        "joint NetworkShape[shared=["
            + "Block[filters=16, height=3, width=7, strideHeight=1, strideWidth=4], "
            + "Block[filters=32, height=5, width=3, strideHeight=2, strideWidth=2], "
            + "Block[filters=56, height=5, width=3, strideHeight=2, strideWidth=2]], "
            + "own=[Block[filters=56, height=3, width=3, strideHeight=2, strideWidth=1]], "
            + "units=48] batch 64 seed 1",
        PLAN.identity(NetworkShape.compact()));
  }
}
