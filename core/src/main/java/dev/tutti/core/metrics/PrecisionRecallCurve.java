package dev.tutti.core.metrics;

import dev.tutti.core.score.RankedCuts;

/**
 * Precision and recall at every cut, as scikit-learn's {@code precision_recall_curve}: thresholds
 * rise, a case counts as found where its score is at least the threshold, and a last point
 * (precision 1, recall 0) has no threshold. Where nothing is present recall is 1 at every
 * threshold.
 *
 * @param precision [thresholds + 1]
 * @param recall [thresholds + 1]
 * @param thresholds the distinct scores
 */
@SuppressWarnings("ArrayRecordComponent") // three columns of numbers, made once and read
public record PrecisionRecallCurve(double[] precision, double[] recall, double[] thresholds) {
  /** The curve of one yes-or-no question. */
  public static PrecisionRecallCurve of(RankedCuts cuts) {
    int size = cuts.size();
    double[] precision = new double[size + 1];
    double[] recall = new double[size + 1];
    double[] thresholds = new double[size];
    for (int i = 0; i < size; i++) {
      int at = size - 1 - i;
      double found = cuts.truePositives(i);
      precision[at] = found / (found + cuts.falsePositives(i));
      recall[at] = cuts.positives() == 0 ? 1 : found / cuts.positives();
      thresholds[at] = cuts.score(i);
    }
    precision[size] = 1;
    return new PrecisionRecallCurve(precision, recall, thresholds);
  }
}
