package dev.tutti.core.dataset.example;

/**
 * The kinds of list that a feature of a {@code tf.train.Example} can be, by their field numbers.
 */
public enum FeatureKind {
  BYTES(1, "a bytes list"),
  FLOATS(2, "a float list"),
  INTEGERS(3, "an int64 list");

  private final int field;
  private final String label;

  FeatureKind(int field, String label) {
    this.field = field;
    this.label = label;
  }

  int field() {
    return field;
  }

  @Override
  public String toString() {
    return label;
  }
}
