package dev.tutti.core.metrics;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How well the scores order the labels within each sample, as scikit-learn's ranking measures do:
 * means over the samples. Unknown labels are left out of their sample, and samples without a known
 * label altogether. Time grows with the square of the number of labels.
 */
public final class LabelRanking {
  private final LabelMatrix truth;
  private final ScoreMatrix scores;

  /**
   * Takes truths and scores.
   *
   * @throws IllegalArgumentException where the shapes differ
   */
  public LabelRanking(LabelMatrix truth, ScoreMatrix scores) {
    truth.checkSameShape("scores", scores.rows(), scores.labels());
    this.truth = truth;
    this.scores = scores;
  }

  /**
   * The mean over the present labels of the share of present ones among those ranked as high or
   * higher; a sample with none or all present counts 1 ({@code
   * label_ranking_average_precision_score}).
   */
  public Metric averagePrecision() {
    return mean(this::averagePrecision);
  }

  /**
   * How many labels must be taken from the top to have all present ones, those of equal score
   * together; a sample with none present counts 0 ({@code coverage_error}).
   */
  public Metric coverageError() {
    return mean(this::coverage);
  }

  /**
   * The share of pairs of a present and an absent label in which the absent one scores as high or
   * higher; a sample without pairs counts 0 ({@code label_ranking_loss}).
   */
  public Metric rankingLoss() {
    return mean(this::loss);
  }

  private Metric mean(IntToDoubleFunction ofRow) {
    int[] judged = IntStream.range(0, truth.rows()).filter(truth::isAnyKnown).toArray();
    return judged.length == 0
        ? Metric.undefined("there are no samples")
        : Metric.of(IntStream.of(judged).mapToDouble(ofRow).sum() / judged.length);
  }

  private double averagePrecision(int row) {
    int present = count(row, true, Double.NEGATIVE_INFINITY);
    if (present == 0 || count(row, false, Double.NEGATIVE_INFINITY) == 0) {
      return 1;
    }
    double sum = 0;
    for (int label = 0; label < truth.labels(); label++) {
      if (truth.isPresent(row, label)) {
        int above = count(row, true, scores.get(row, label));
        sum += (double) above / (above + count(row, false, scores.get(row, label)));
      }
    }
    return sum / present;
  }

  private double coverage(int row) {
    double lowest = Double.POSITIVE_INFINITY;
    for (int label = 0; label < truth.labels(); label++) {
      if (truth.isPresent(row, label)) {
        lowest = Math.min(lowest, scores.get(row, label));
      }
    }
    return count(row, true, lowest) + count(row, false, lowest);
  }

  private double loss(int row) {
    long pairs =
        (long) count(row, true, Double.NEGATIVE_INFINITY)
            * count(row, false, Double.NEGATIVE_INFINITY);
    long lost = 0;
    for (int label = 0; label < truth.labels(); label++) {
      if (truth.isPresent(row, label)) {
        lost += count(row, false, scores.get(row, label));
      }
    }
    return pairs == 0 ? 0 : (double) lost / pairs;
  }

  /** How many labels known to be present (or absent) in a row score at least this. */
  private int count(int row, boolean present, double atLeast) {
    int count = 0;
    for (int label = 0; label < truth.labels(); label++) {
      if (truth.isKnown(row, label)
          && truth.isPresent(row, label) == present
          && scores.get(row, label) >= atLeast) {
        count++;
      }
    }
    return count;
  }
}
