package dev.tutti.core.metrics;

import dev.tutti.core.label.LabelVector;

/**
 * {@link LabelRanking} as samples come: sums of whole numbers, so that merged halves give exactly
 * the figures of the whole.
 *
 * <p>A sample's figures are fractions whose denominators are products of two numbers from 1 to 12;
 * all of these divide {@link #UNIT}. Room for 10<sup>10</sup> samples.
 */
final class LabelRankingCounts {
  /** The least common multiple of 1 to 12. */
  private static final int MULTIPLE = 27_720;

  private static final long UNIT = (long) MULTIPLE * MULTIPLE;

  private long samples;
  private long precisions;
  private long coverages;
  private long losses;

  /**
   * Adds a sample of at most 12 families.
   *
   * @param known the families whose truth is known; the others are left out
   */
  void add(LabelVector truth, LabelVector known, double[] scores) {
    int here = truth.bits() & known.bits();
    int present = Integer.bitCount(here);
    int absent = known.cardinality() - present;
    long shares = 0;
    long coverage = 0;
    long lost = 0;
    for (int p = 0; p < scores.length; p++) {
      if ((here >>> p & 1) == 1) {
        int presentAbove = 0;
        int above = 0;
        for (int other = 0; other < scores.length; other++) {
          int higher = (scores[other] >= scores[p] ? 1 : 0) & known.bits() >>> other;
          above += higher;
          presentAbove += higher & here >>> other;
        }
        shares += (long) presentAbove * (MULTIPLE / above);
        coverage = Math.max(coverage, above);
        lost += above - presentAbove;
      }
    }
    boolean pairs = present > 0 && absent > 0;
    samples++;
    precisions += pairs ? shares * (MULTIPLE / present) : UNIT;
    coverages += coverage;
    losses += pairs ? lost * (MULTIPLE / present) * (MULTIPLE / absent) : 0;
  }

  void addAll(LabelRankingCounts other) {
    samples += other.samples;
    precisions += other.precisions;
    coverages += other.coverages;
    losses += other.losses;
  }

  LabelRankingReport report() {
    if (samples == 0) {
      Metric none = Metric.undefined("there are no samples");
      return new LabelRankingReport(none, none, none);
    }
    return new LabelRankingReport(
        Metric.of((double) precisions / UNIT / samples),
        Metric.of((double) coverages / samples),
        Metric.of((double) losses / UNIT / samples));
  }
}
