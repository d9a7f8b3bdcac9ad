package dev.tutti.core.metrics;

import dev.tutti.core.score.RankedCuts;
import java.util.Optional;

/**
 * False and true positive rates at every cut, from (0, 0) to (1, 1): thresholds fall, and a case
 * counts as found where its score is at least the threshold. The first threshold is infinite. Every
 * cut is kept, as by scikit-learn's {@code roc_curve(drop_intermediate=False)}.
 *
 * @param falsePositiveRate [thresholds]
 * @param truePositiveRate [thresholds]
 * @param thresholds infinity, then the distinct scores
 */
@SuppressWarnings("ArrayRecordComponent") // three columns of numbers, made once and read
public record RocCurve(double[] falsePositiveRate, double[] truePositiveRate, double[] thresholds) {
  /** The curve of one yes-or-no question; empty unless there are both answers. */
  public static Optional<RocCurve> of(RankedCuts cuts) {
    if (cuts.positives() == 0 || cuts.negatives() == 0) {
      return Optional.empty();
    }
    int size = cuts.size() + 1;
    RocCurve curve = new RocCurve(new double[size], new double[size], new double[size]);
    curve.thresholds[0] = Double.POSITIVE_INFINITY;
    for (int i = 1; i < size; i++) {
      curve.falsePositiveRate[i] = (double) cuts.falsePositives(i - 1) / cuts.negatives();
      curve.truePositiveRate[i] = (double) cuts.truePositives(i - 1) / cuts.positives();
      curve.thresholds[i] = cuts.score(i - 1);
    }
    return Optional.of(curve);
  }
}
