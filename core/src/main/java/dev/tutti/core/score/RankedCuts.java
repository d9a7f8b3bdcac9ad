package dev.tutti.core.score;

import java.util.Arrays;

/**
 * The cuts between the scores of one yes-or-no question, from the highest score down, with what
 * would be found at each. Equal scores cannot be told apart and share a cut. Average precision, the
 * area under the ROC curve, both curves and every best threshold follow from this table alone.
 */
public final class RankedCuts {
  private final double[] scores;
  private final int[] truePositives;
  private final int[] falsePositives;
  private final int positives;
  private final int negatives;

  private RankedCuts(double[] present, double[] absent) {
    this.positives = present.length;
    this.negatives = absent.length;
    double[] distinct = new double[present.length + absent.length];
    int[] found = new int[distinct.length];
    int[] mistaken = new int[distinct.length];
    int cuts = 0;
    int p = present.length;
    int n = absent.length;
    while (p > 0 || n > 0) {
      boolean presentNext = n == 0 || (p > 0 && present[p - 1] > absent[n - 1]);
      double score = presentNext ? present[p - 1] : absent[n - 1];
      while (p > 0 && present[p - 1] == score) {
        p--;
      }
      while (n > 0 && absent[n - 1] == score) {
        n--;
      }
      distinct[cuts] = score;
      found[cuts] = positives - p;
      mistaken[cuts++] = negatives - n;
    }
    boolean ties = cuts < distinct.length;
    this.scores = ties ? Arrays.copyOf(distinct, cuts) : distinct;
    this.truePositives = ties ? Arrays.copyOf(found, cuts) : found;
    this.falsePositives = ties ? Arrays.copyOf(mistaken, cuts) : mistaken;
  }

  /**
   * The cuts of these cases. Sorts both arrays.
   *
   * @param present the scores of the cases in which the answer is yes
   * @param absent the scores of those in which it is no
   */
  public static RankedCuts of(double[] present, double[] absent) {
    RadixSort.sort(present);
    RadixSort.sort(absent);
    return new RankedCuts(present, absent);
  }

  /** The cuts of one label over all rows in which it is known. */
  public static RankedCuts ofLabel(LabelMatrix truth, ScoreMatrix scores, int label) {
    return of(truth, scores, 0, truth.rows(), label, label + 1);
  }

  /** The cuts of one row over all labels that are known in it. */
  public static RankedCuts ofRow(LabelMatrix truth, ScoreMatrix scores, int row) {
    return of(truth, scores, row, row + 1, 0, truth.labels());
  }

  /** The cuts of all known cells together. */
  public static RankedCuts pooled(LabelMatrix truth, ScoreMatrix scores) {
    return of(truth, scores, 0, truth.rows(), 0, truth.labels());
  }

  private static RankedCuts of(
      LabelMatrix truth, ScoreMatrix scores, int fromRow, int toRow, int fromLabel, int toLabel) {
    truth.checkSameShape("scores", scores.rows(), scores.labels());
    int yes = 0;
    int known = 0;
    for (int row = fromRow; row < toRow; row++) {
      for (int label = fromLabel; label < toLabel; label++) {
        yes += truth.isPresent(row, label) ? 1 : 0;
        known += truth.isKnown(row, label) ? 1 : 0;
      }
    }
    double[] present = new double[yes];
    double[] absent = new double[known - yes];
    int p = 0;
    int n = 0;
    for (int row = fromRow; row < toRow; row++) {
      for (int label = fromLabel; label < toLabel; label++) {
        if (truth.isPresent(row, label)) {
          present[p++] = scores.get(row, label);
        } else if (truth.isKnown(row, label)) {
          absent[n++] = scores.get(row, label);
        }
      }
    }
    return of(present, absent);
  }

  /** Whether every score lies in 0..1. */
  public boolean areProbabilities() {
    return scores.length == 0 || (scores[0] <= 1 && scores[scores.length - 1] >= 0);
  }

  /** How many distinct scores there are. */
  public int size() {
    return scores.length;
  }

  /** The distinct score number {@code index}, the highest first. */
  public double score(int index) {
    return scores[index];
  }

  /** How many present cases score at least {@link #score}. */
  public int truePositives(int index) {
    return truePositives[index];
  }

  /** How many absent cases score at least {@link #score}. */
  public int falsePositives(int index) {
    return falsePositives[index];
  }

  /** All present cases. */
  public int positives() {
    return positives;
  }

  /** All absent cases. */
  public int negatives() {
    return negatives;
  }
}
