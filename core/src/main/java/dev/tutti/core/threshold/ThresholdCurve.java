package dev.tutti.core.threshold;

import dev.tutti.core.score.RankedCuts;

/**
 * What every threshold of one label is worth: the objective as a function of the threshold, which
 * changes only at scores.
 *
 * @param thresholds rising; the first is minus infinity, the others are the distinct scores
 * @param values {@code values[i]} holds from {@code thresholds[i]} to below the next
 */
@SuppressWarnings("ArrayRecordComponent") // two columns of numbers, made once and read
public record ThresholdCurve(double[] thresholds, double[] values) {
  /** The curve of one yes-or-no question. */
  public static ThresholdCurve of(RankedCuts cuts, LabelObjective objective) {
    int size = cuts.size() + 1;
    ThresholdCurve curve = new ThresholdCurve(new double[size], new double[size]);
    for (int i = 0; i < size; i++) {
      int found = size - 1 - i;
      curve.thresholds[i] = i == 0 ? Double.NEGATIVE_INFINITY : cuts.score(found);
      curve.values[i] = LabelOptimum.value(cuts, objective, found);
    }
    return curve;
  }
}
