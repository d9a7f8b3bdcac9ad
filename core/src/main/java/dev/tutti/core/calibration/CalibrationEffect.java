package dev.tutti.core.calibration;

import dev.tutti.core.metrics.Metric;
import dev.tutti.core.metrics.ProbabilityLoss;
import dev.tutti.core.metrics.Reliability;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.List;

/**
 * What calibrations do on samples that they were not fitted on, for one label.
 *
 * @param brierBefore the Brier score of the model's probabilities
 * @param brierAfter of the calibrated ones
 * @param calibrationErrorBefore the expected calibration error of the model's probabilities
 * @param calibrationErrorAfter of the calibrated ones
 */
public record CalibrationEffect(
    Metric brierBefore,
    Metric brierAfter,
    Metric calibrationErrorBefore,
    Metric calibrationErrorAfter) {
  /**
   * Compares.
   *
   * @param bins of the expected calibration error, at least 1
   */
  public static CalibrationEffect of(
      Calibration calibration, LabelMatrix truth, ScoreMatrix scores, int label, int bins) {
    LabelMatrix truths = column(truth, label);
    double[] before = new double[scores.rows()];
    double[] after = new double[scores.rows()];
    for (int row = 0; row < before.length; row++) {
      before[row] = scores.get(row, label);
      after[row] = calibration.calibrate(before[row]);
    }
    ScoreMatrix old = ScoreMatrix.of(before.length, 1, before);
    ScoreMatrix calibrated = ScoreMatrix.of(after.length, 1, after);
    return new CalibrationEffect(
        brier(truths, old),
        brier(truths, calibrated),
        Reliability.ofLabel(truths, old, 0, bins).expectedCalibrationError(),
        Reliability.ofLabel(truths, calibrated, 0, bins).expectedCalibrationError());
  }

  private static LabelMatrix column(LabelMatrix truth, int label) {
    byte[] values = new byte[truth.rows()];
    for (int row = 0; row < values.length; row++) {
      boolean known = truth.isKnown(row, label);
      values[row] = (byte) (!known ? LabelMatrix.UNKNOWN : truth.isPresent(row, label) ? 1 : 0);
    }
    return LabelMatrix.of(values.length, 1, values);
  }

  private static Metric brier(LabelMatrix truth, ScoreMatrix scores) {
    List<Metric> figures = ProbabilityLoss.BRIER.perLabel(truth, scores);
    return figures.get(0);
  }
}
