package dev.tutti.core.score;

import java.util.Objects;

/**
 * How sure a model is of each label in each sample, [rows, labels], in any unit in which more means
 * surer. Immutable by convention.
 */
public final class ScoreMatrix {
  private final int rows;
  private final int labels;
  private final double[] values;

  private ScoreMatrix(int rows, int labels, double[] values) {
    this.rows = rows;
    this.labels = labels;
    this.values = values;
  }

  /**
   * A matrix that takes the array: the caller must not write to it afterwards.
   *
   * @param values row-major [rows][labels]
   * @throws IllegalArgumentException where the number of values does not fit the shape or a value
   *     is not finite (its place is named)
   */
  public static ScoreMatrix of(int rows, int labels, double[] values) {
    checkShape(rows, labels, values.length);
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "the score at row %d, column %d is %s; every score must be finite"
                .formatted(i / labels, i % labels, values[i]));
      }
    }
    return new ScoreMatrix(rows, labels, values);
  }

  static void checkShape(int rows, int labels, int length) {
    if (rows < 0 || labels < 1 || (long) rows * labels != length) {
      throw new IllegalArgumentException(
          "%d values do not make a matrix of %d rows x %d labels".formatted(length, rows, labels));
    }
  }

  public int rows() {
    return rows;
  }

  public int labels() {
    return labels;
  }

  public double get(int row, int label) {
    return values[row * labels + label];
  }

  /**
   * The decisions: present where the score is strictly above its label's threshold.
   *
   * @param thresholds one a label, or one for all
   * @throws IllegalArgumentException where there are others, or one is NaN
   */
  public LabelMatrix decide(double... thresholds) {
    double[] each = broadcast(thresholds);
    byte[] decided = new byte[values.length];
    for (int i = 0; i < decided.length; ) {
      for (int label = 0; label < labels; label++, i++) {
        decided[i] = (byte) (values[i] > each[label] ? 1 : 0);
      }
    }
    return LabelMatrix.of(rows, labels, decided);
  }

  private double[] broadcast(double[] thresholds) {
    if (thresholds.length != 1 && thresholds.length != labels) {
      throw new IllegalArgumentException(
          "%d thresholds for %d labels; accepted are one or one a label"
              .formatted(thresholds.length, labels));
    }
    double[] each = new double[labels];
    for (int label = 0; label < labels; label++) {
      each[label] = thresholds[thresholds.length == 1 ? 0 : label];
      if (Double.isNaN(each[label])) {
        throw new IllegalArgumentException("threshold " + label + " is NaN");
      }
    }
    return each;
  }

  /**
   * The given rows in the given order; a row may come several times.
   *
   * @throws IndexOutOfBoundsException where there is no such row
   */
  public ScoreMatrix select(int[] chosen) {
    double[] selected = new double[Math.multiplyExact(chosen.length, labels)];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(values, chosen[i] * labels, selected, i * labels, labels);
    }
    return new ScoreMatrix(chosen.length, labels, selected);
  }

  /**
   * The given labels of every row, in the given order.
   *
   * @throws IndexOutOfBoundsException where there is no such label
   */
  public ScoreMatrix selectLabels(int[] chosen) {
    double[] selected = new double[Math.multiplyExact(rows, chosen.length)];
    for (int i = 0; i < selected.length; i++) {
      int label = Objects.checkIndex(chosen[i % chosen.length], labels);
      selected[i] = values[i / chosen.length * labels + label];
    }
    return of(rows, chosen.length, selected);
  }
}
