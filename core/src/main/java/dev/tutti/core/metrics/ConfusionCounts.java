package dev.tutti.core.metrics;

/** How often a family was present or absent and decided to be present or absent. */
public record ConfusionCounts(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

  static final ConfusionCounts NONE = new ConfusionCounts(0, 0, 0, 0);

  ConfusionCounts plus(ConfusionCounts other) {
    return new ConfusionCounts(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives,
        trueNegatives + other.trueNegatives);
  }

  /** All decisions. */
  public long total() {
    return truePositives + falsePositives + falseNegatives + trueNegatives;
  }

  /** Those present. */
  public long present() {
    return truePositives + falseNegatives;
  }

  /** Wrong decisions. */
  public long errors() {
    return falsePositives + falseNegatives;
  }

  /** The share of right decisions. */
  public Metric accuracy() {
    return Metric.ratio(truePositives + trueNegatives, total(), "there are no samples");
  }

  /** The share of true ones among those decided present. */
  public Metric precision() {
    return Metric.ratio(
        truePositives, truePositives + falsePositives, "the family was never decided present");
  }

  /** The share of those present that were decided present. */
  public Metric recall() {
    return Metric.ratio(
        truePositives, truePositives + falseNegatives, "the family is never present");
  }

  /** The harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN). */
  public Metric f1() {
    return Metric.ratio(
        2 * truePositives,
        2 * truePositives + falsePositives + falseNegatives,
        "the family is never present and was never decided present");
  }

  /**
   * What the public notebook prints as "TPR" and is none: it takes the counts in the wrong order
   * and gets TN / (TN + FN). Where truths and decisions are all of one class, 1; where nothing was
   * decided absent, 0. For comparison with its printed figures only; see {@link #recall}.
   */
  public double notebookTpr() {
    if (trueNegatives == total() || truePositives == total()) {
      return 1;
    }
    long decidedAbsent = trueNegatives + falseNegatives;
    return decidedAbsent == 0 ? 0 : (double) trueNegatives / (double) decidedAbsent;
  }
}
