package dev.tutti.core.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.metrics.Metric;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  /** Truths drawn with probability q, and scores whose log odds are twice those of q plus one. */
  private record Distorted(LabelMatrix truth, ScoreMatrix scores) {
    static Distorted draw(int rows, long seed) {
      Random random = new Random(seed);
      byte[] truth = new byte[rows];
      double[] scores = new double[rows];
      for (int i = 0; i < rows; i++) {
        double odds = random.nextGaussian();
        truth[i] = (byte) (random.nextDouble() < 1 / (1 + Math.exp(-odds)) ? 1 : 0);
        scores[i] = 1 / (1 + Math.exp(-(2 * odds + 1)));
      }
      return new Distorted(LabelMatrix.of(rows, 1, truth), ScoreMatrix.of(rows, 1, scores));
    }

    LabelCases cases() {
      return LabelCases.of(truth, scores, 0);
    }
  }

  @Test
  void plattFindsWhatWasDistorted() {
    PlattScaling platt = PlattScaling.fit(Distorted.draw(200_000, 1).cases());
    assertEquals(0.5, platt.slope(), 0.02);
    assertEquals(-0.5, platt.intercept(), 0.02);
  }

  @Test
  void bothHelpOnOtherSamples() {
    LabelCases cases = Distorted.draw(5_000, 1).cases();
    Distorted other = Distorted.draw(5_000, 2);
    for (Calibration calibration :
        List.of(PlattScaling.fit(cases), IsotonicCalibration.fit(cases))) {
      CalibrationEffect effect =
          CalibrationEffect.of(calibration, other.truth, other.scores, 0, 10);
      assertTrue(value(effect.brierAfter()) < value(effect.brierBefore()) - 0.02, "" + effect);
      assertTrue(value(effect.calibrationErrorBefore()) > 0.1, "" + effect);
      assertTrue(value(effect.calibrationErrorAfter()) < 0.03, "" + effect);
    }
  }

  private static double value(Metric metric) {
    return metric.value().orElseThrow();
  }

  @Property(tries = 200)
  void theIsotonicFitRisesAndKeepsTheMean(
      @ForAll @IntRange(min = 2, max = 40) int rows, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] truth = new byte[rows];
    double[] scores = new double[rows];
    for (int i = 0; i < rows; i++) {
      truth[i] = (byte) (i < 2 ? i : random.nextInt(2));
      scores[i] = random.nextInt(12) / 11.0;
    }
    LabelCases cases =
        LabelCases.of(LabelMatrix.of(rows, 1, truth), ScoreMatrix.of(rows, 1, scores), 0);
    for (Calibration fit : List.of(IsotonicCalibration.fit(cases), PlattScaling.fit(cases))) {
      double before = 0;
      for (int i = 0; i <= 100; i++) {
        double value = fit.calibrate(i / 100.0);
        assertTrue(value >= before && value <= 1, i + ": " + value);
        before = value;
      }
    }
    double present = 0;
    double fitted = 0;
    for (int i = 0; i < rows; i++) {
      present += truth[i];
      fitted += IsotonicCalibration.fit(cases).calibrate(scores[i]);
    }
    assertEquals(present, fitted, 1e-9);
  }

  @Test
  void isotonicPoolsWhatFallsAndIsLinearBetween() {
    LabelMatrix truth = LabelMatrix.of(4, 1, new byte[] {0, 1, 0, 1});
    ScoreMatrix scores = ScoreMatrix.of(4, 1, new double[] {0.1, 0.2, 0.3, 0.5});
    IsotonicCalibration fit = IsotonicCalibration.fit(LabelCases.of(truth, scores, 0));
    assertEquals(0, fit.calibrate(0.05));
    assertEquals(0.25, fit.calibrate(0.15), 1e-12);
    assertEquals(0.5, fit.calibrate(0.2));
    assertEquals(0.5, fit.calibrate(0.25));
    assertEquals(0.75, fit.calibrate(0.4), 1e-12);
    assertEquals(1, fit.calibrate(0.9));
  }

  @Test
  void oneSidedCasesAreRefused() {
    LabelMatrix truth = LabelMatrix.of(2, 1, new byte[] {1, -1});
    ScoreMatrix scores = ScoreMatrix.of(2, 1, new double[] {0.1, 0.2});
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> LabelCases.of(truth, scores, 0));
    assertEquals("a calibration needs present and absent cases; there are 1 and 0", e.getMessage());
  }
}
