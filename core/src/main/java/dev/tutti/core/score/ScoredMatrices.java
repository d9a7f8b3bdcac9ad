package dev.tutti.core.score;

import dev.tutti.core.label.LabelVector;
import java.util.List;

/**
 * The truths and the scores of the same samples, cell by cell: what every measure and search takes.
 *
 * @param truth [samples, labels]
 * @param scores of the same shape
 */
public record ScoredMatrices(LabelMatrix truth, ScoreMatrix scores) {
  /**
   * Checks the shapes.
   *
   * @throws IllegalArgumentException where they differ
   */
  public ScoredMatrices {
    truth.checkSameShape("scores", scores.rows(), scores.labels());
  }

  /**
   * The matrices of samples, one a row.
   *
   * @param labels how many each sample has, at least 1
   * @param probabilities one a label of each sample
   * @throws IllegalArgumentException where a sample has another number of labels
   */
  public static ScoredMatrices of(
      int labels, List<LabelVector> truths, List<float[]> probabilities) {
    byte[] truth = new byte[Math.multiplyExact(truths.size(), labels)];
    double[] scores = new double[Math.multiplyExact(probabilities.size(), labels)];
    for (int row = 0; row < truths.size(); row++) {
      checkLabels(labels, truths.get(row).families().size());
      for (int label = 0; label < labels; label++) {
        truth[row * labels + label] = (byte) (truths.get(row).isPresent(label) ? 1 : 0);
      }
    }
    for (int row = 0; row < probabilities.size(); row++) {
      checkLabels(labels, probabilities.get(row).length);
      for (int label = 0; label < labels; label++) {
        scores[row * labels + label] = probabilities.get(row)[label];
      }
    }
    return new ScoredMatrices(
        LabelMatrix.of(truths.size(), labels, truth),
        ScoreMatrix.of(probabilities.size(), labels, scores));
  }

  private static void checkLabels(int labels, int found) {
    if (found != labels) {
      throw new IllegalArgumentException(
          "a sample has %d labels where the others have %d".formatted(found, labels));
    }
  }

  /** How many samples. */
  public int rows() {
    return truth.rows();
  }

  /** The given samples in the given order; one may come several times. */
  public ScoredMatrices select(int[] rows) {
    return new ScoredMatrices(truth.select(rows), scores.select(rows));
  }

  /** The given labels of every sample, in the given order. */
  public ScoredMatrices selectLabels(int[] labels) {
    return new ScoredMatrices(truth.selectLabels(labels), scores.selectLabels(labels));
  }
}
