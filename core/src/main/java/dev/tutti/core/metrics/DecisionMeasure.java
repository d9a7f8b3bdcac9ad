package dev.tutti.core.metrics;

/** The measures of decisions of the form {@code a TP / (a TP + b FP + c FN)}. */
public enum DecisionMeasure {
  /** The share of true ones among those decided present: TP / (TP + FP). */
  PRECISION(1, 1, 0, "nothing was decided present"),
  /** The share of those present that were decided present: TP / (TP + FN). */
  RECALL(1, 0, 1, "nothing is present"),
  /** The harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN). */
  F1(2, 1, 1, "nothing is present and nothing was decided present"),
  /** |present and decided| / |present or decided|: TP / (TP + FP + FN). */
  JACCARD(1, 1, 1, "nothing is present and nothing was decided present");

  private final long a;
  private final long b;
  private final long c;
  private final String undefinedReason;

  DecisionMeasure(long a, long b, long c, String undefinedReason) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.undefinedReason = undefinedReason;
  }

  /** The measure of these counts. */
  public Metric of(ConfusionCounts counts, ZeroDivision zeroDivision) {
    long found = a * counts.truePositives();
    return zeroDivision.ratio(
        found, found + b * counts.falsePositives() + c * counts.falseNegatives(), undefinedReason);
  }
}
