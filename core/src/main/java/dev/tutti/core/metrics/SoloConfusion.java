package dev.tutti.core.metrics;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;

/**
 * Samples with exactly one label present, each classified as the label that scores highest (the
 * first of equals). Samples with another number, or an unknown label, are left out.
 */
public final class SoloConfusion {
  private final long[][] counts;

  /**
   * Classifies.
   *
   * @throws IllegalArgumentException where the shapes differ
   */
  public SoloConfusion(LabelMatrix truth, ScoreMatrix scores) {
    truth.checkSameShape("scores", scores.rows(), scores.labels());
    this.counts = new long[truth.labels()][truth.labels()];
    for (int row = 0; row < truth.rows(); row++) {
      if (truth.cardinality(row) == 1) {
        int actual = 0;
        int best = 0;
        for (int label = 1; label < truth.labels(); label++) {
          actual = truth.isPresent(row, label) ? label : actual;
          best = scores.get(row, label) > scores.get(row, best) ? label : best;
        }
        counts[actual][best]++;
      }
    }
  }

  /** How many samples with {@code actual} present were classified so. */
  public long count(int actual, int classified) {
    return counts[actual][classified];
  }

  /** The share classified right. */
  public Metric accuracy() {
    long right = 0;
    long all = 0;
    for (int actual = 0; actual < counts.length; actual++) {
      for (int classified = 0; classified < counts.length; classified++) {
        all += counts[actual][classified];
        right += actual == classified ? counts[actual][classified] : 0;
      }
    }
    return Metric.ratio(right, all, "no sample has exactly one label");
  }
}
