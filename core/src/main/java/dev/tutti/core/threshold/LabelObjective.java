package dev.tutti.core.threshold;

/** What a label's threshold is chosen for: the more the better. */
@FunctionalInterface
public interface LabelObjective {
  /**
   * The worth of a threshold that finds so many true and false positives and negatives.
   *
   * @return a number that is never NaN
   */
  double value(long truePositives, long falsePositives, long falseNegatives, long trueNegatives);

  /** The share of right decisions. */
  static LabelObjective accuracy() {
    return (tp, fp, fn, tn) -> ratio(tp + tn, tp + fp + fn + tn);
  }

  /** 2 TP / (2 TP + FP + FN); 0 where nothing is present and nothing found. */
  static LabelObjective f1() {
    return (tp, fp, fn, tn) -> ratio(2 * tp, 2 * tp + fp + fn);
  }

  /**
   * The F-measure that weighs recall {@code beta} times as much as precision: (1 + b2) TP / ((1 +
   * b2) TP + b2 FN + FP) with b2 = beta squared (van Rijsbergen, 1979).
   *
   * @throws IllegalArgumentException where beta is not above 0 and finite
   */
  static LabelObjective fBeta(double beta) {
    if (!(beta > 0 && Double.isFinite(beta))) {
      throw new IllegalArgumentException("beta is " + beta + "; accepted are numbers above 0");
    }
    double square = beta * beta;
    return (tp, fp, fn, tn) -> {
      double found = (1 + square) * tp;
      return tp == 0 ? 0 : found / (found + square * fn + fp);
    };
  }

  /** |present and found| / |present or found|; 0 where both are empty. */
  static LabelObjective jaccard() {
    return (tp, fp, fn, tn) -> ratio(tp, tp + fp + fn);
  }

  /** Youden's J (1950): true positive rate - false positive rate. A rate without cases counts 0. */
  static LabelObjective youden() {
    return (tp, fp, fn, tn) -> ratio(tp, tp + fn) - ratio(fp, fp + tn);
  }

  /**
   * Minus the mean cost of a decision.
   *
   * @param falsePositive the cost of a label found where it is absent
   * @param falseNegative the cost of a label missed
   * @throws IllegalArgumentException where a cost is negative or not finite
   */
  static LabelObjective cost(double falsePositive, double falseNegative) {
    if (!(falsePositive >= 0 && falseNegative >= 0)
        || !Double.isFinite(falsePositive + falseNegative)) {
      throw new IllegalArgumentException(
          "costs are %s and %s; accepted are numbers from 0 on"
              .formatted(falsePositive, falseNegative));
    }
    return (tp, fp, fn, tn) -> {
      long all = tp + fp + fn + tn;
      return all == 0 ? 0 : -(falsePositive * fp + falseNegative * fn) / all;
    };
  }

  private static double ratio(long numerator, long denominator) {
    return denominator == 0 ? 0 : (double) numerator / (double) denominator;
  }
}
