package dev.tutti.core.score;

import java.util.Objects;

/**
 * Which labels are present in which samples: truths or decisions, [rows, labels]. A truth may be
 * unknown; measures leave such cells out. Immutable by convention.
 */
public final class LabelMatrix {
  /** The value of a cell whose truth nobody knows. */
  public static final byte UNKNOWN = -1;

  private final int rows;
  private final int labels;
  private final byte[] values;

  private LabelMatrix(int rows, int labels, byte[] values) {
    this.rows = rows;
    this.labels = labels;
    this.values = values;
  }

  /**
   * A matrix that takes the array: the caller must not write to it afterwards.
   *
   * @param values row-major [rows][labels]: 1 present, 0 absent, {@link #UNKNOWN}
   * @throws IllegalArgumentException where the number of values does not fit the shape or a value
   *     is another (its place is named)
   */
  public static LabelMatrix of(int rows, int labels, byte[] values) {
    ScoreMatrix.checkShape(rows, labels, values.length);
    for (int i = 0; i < values.length; i++) {
      if (values[i] < UNKNOWN || values[i] > 1) {
        throw new IllegalArgumentException(
            "the label at row %d, column %d is %d; accepted are 0, 1 and -1 for unknown"
                .formatted(i / labels, i % labels, values[i]));
      }
    }
    return new LabelMatrix(rows, labels, values);
  }

  public int rows() {
    return rows;
  }

  public int labels() {
    return labels;
  }

  public boolean isPresent(int row, int label) {
    return values[row * labels + label] == 1;
  }

  public boolean isKnown(int row, int label) {
    return values[row * labels + label] != UNKNOWN;
  }

  /** Whether the truth of any label is known in a row. */
  public boolean isAnyKnown(int row) {
    for (int label = 0; label < labels; label++) {
      if (isKnown(row, label)) {
        return true;
      }
    }
    return false;
  }

  /** How many labels are present in a row, or -1 where one is unknown and so the number too. */
  public int cardinality(int row) {
    int count = 0;
    for (int label = 0; label < labels; label++) {
      if (!isKnown(row, label)) {
        return -1;
      }
      count += values[row * labels + label];
    }
    return count;
  }

  /**
   * The given rows in the given order; a row may come several times.
   *
   * @throws IndexOutOfBoundsException where there is no such row
   */
  public LabelMatrix select(int[] chosen) {
    byte[] selected = new byte[Math.multiplyExact(chosen.length, labels)];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(values, chosen[i] * labels, selected, i * labels, labels);
    }
    return new LabelMatrix(chosen.length, labels, selected);
  }

  /**
   * The given labels of every row, in the given order.
   *
   * @throws IndexOutOfBoundsException where there is no such label
   */
  public LabelMatrix selectLabels(int[] chosen) {
    byte[] selected = new byte[Math.multiplyExact(rows, chosen.length)];
    for (int i = 0; i < selected.length; i++) {
      int label = Objects.checkIndex(chosen[i % chosen.length], labels);
      selected[i] = values[i / chosen.length * labels + label];
    }
    return of(rows, chosen.length, selected);
  }

  /**
   * Checks that another matrix has as many rows and labels.
   *
   * @throws IllegalArgumentException where it has not
   */
  public void checkSameShape(String what, int otherRows, int otherLabels) {
    if (rows != otherRows || labels != otherLabels) {
      throw new IllegalArgumentException(
          "%s [%d, %d] do not fit truths [%d, %d]"
              .formatted(what, otherRows, otherLabels, rows, labels));
    }
  }
}
