package dev.tutti.core.metrics;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether probabilities are what they say: among the cases given 0.7, seven of ten should be
 * present (Naeini, Cooper and Hauskrecht, 2015).
 *
 * @param bins equal widths from 0 to 1; a bin holds its lower edge, the last also 1
 * @param expectedCalibrationError the mean over the cases of |mean probability - share present| of
 *     their bin, 0..1
 */
public record Reliability(List<Bin> bins, Metric expectedCalibrationError) {
  /**
   * The cases of one range of probabilities.
   *
   * @param cases how many
   * @param meanProbability of the cases; undefined without any
   * @param sharePresent of the cases; undefined without any
   */
  public record Bin(
      double from, double to, long cases, Metric meanProbability, Metric sharePresent) {}

  /** Copies the list. */
  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * The reliability of one label's probabilities. Unknown truths are left out.
   *
   * @param count how many bins, at least 1
   * @throws IllegalArgumentException where a score lies outside 0..1 (its place is named)
   */
  public static Reliability ofLabel(LabelMatrix truth, ScoreMatrix scores, int label, int count) {
    RankedScores ranked = new RankedScores();
    for (int row = 0; row < truth.rows(); row++) {
      double probability = probability(scores, row, label);
      if (truth.isKnown(row, label)) {
        ranked.add(probability, truth.isPresent(row, label));
      }
    }
    return ranked.reliability(count);
  }

  /**
   * What the sums over the cases of each bin say.
   *
   * @param sums of their probabilities
   */
  static Reliability ofSums(long[] cases, long[] present, double[] sums) {
    int count = cases.length;
    List<Bin> bins = new ArrayList<>();
    double gaps = 0;
    long all = 0;
    for (int i = 0; i < count; i++) {
      String none = "there are no such cases";
      Metric mean = cases[i] == 0 ? Metric.undefined(none) : Metric.of(sums[i] / cases[i]);
      Metric share = Metric.ratio(present[i], cases[i], none);
      bins.add(new Bin((double) i / count, (i + 1.0) / count, cases[i], mean, share));
      gaps += Math.abs(sums[i] - present[i]);
      all += cases[i];
    }
    return new Reliability(
        bins, all == 0 ? Metric.undefined("there are no samples") : Metric.of(gaps / all));
  }

  static double probability(ScoreMatrix scores, int row, int label) {
    double score = scores.get(row, label);
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException(
          "the score at row %d, column %d is %s; a probability lies in 0 to 1"
              .formatted(row, label, score));
    }
    return score;
  }
}
