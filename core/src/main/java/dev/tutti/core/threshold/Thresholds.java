package dev.tutti.core.threshold;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import java.util.Arrays;

/**
 * The decision rule: a family is present where its probability is strictly above its threshold,
 * compared in double precision. Immutable.
 */
public final class Thresholds {
  private final FamilySet families;
  private final double[] values;

  private Thresholds(FamilySet families, double[] values) {
    this.families = families;
    this.values = values;
  }

  /**
   * One threshold a family, in position order.
   *
   * @throws IllegalArgumentException where the number differs or one lies outside 0..1 (its family
   *     is named)
   */
  public static Thresholds of(FamilySet families, double[] values) {
    checkLength(families, values.length, "thresholds");
    for (int p = 0; p < values.length; p++) {
      check(families.get(p), values[p]);
    }
    return new Thresholds(families, values.clone());
  }

  /**
   * The same threshold for every family.
   *
   * @throws IllegalArgumentException where it lies outside 0..1
   */
  public static Thresholds uniform(FamilySet families, double value) {
    double[] values = new double[families.size()];
    Arrays.fill(values, value);
    return of(families, values);
  }

  public FamilySet families() {
    return families;
  }

  /** The threshold at a position. */
  public double get(int position) {
    return values[position];
  }

  /**
   * These thresholds with one changed.
   *
   * @throws IllegalArgumentException where the family has no place here or the value lies outside
   *     0..1
   */
  public Thresholds with(InstrumentFamily family, double value) {
    int position = families.positionOf(family);
    if (position < 0) {
      throw new IllegalArgumentException(
          "family %s has no threshold here; there are %s".formatted(family, families));
    }
    check(family, value);
    double[] changed = values.clone();
    changed[position] = value;
    return new Thresholds(families, changed);
  }

  /**
   * The thresholds of some of the families.
   *
   * @throws IllegalArgumentException where one of them has no place here
   */
  public Thresholds among(FamilySet some) {
    double[] kept = new double[some.size()];
    for (int p = 0; p < kept.length; p++) {
      int position = families.positionOf(some.get(p));
      if (position < 0) {
        throw new IllegalArgumentException(
            "family %s has no threshold here; there are %s".formatted(some.get(p), families));
      }
      kept[p] = values[position];
    }
    return new Thresholds(some, kept);
  }

  /**
   * Which families are present.
   *
   * @param probabilities one a family, in position order
   * @throws IllegalArgumentException where their number differs
   */
  public LabelVector decide(float[] probabilities) {
    checkLength(families, probabilities.length, "probabilities");
    int bits = 0;
    for (int p = 0; p < values.length; p++) {
      if ((double) probabilities[p] > values[p]) {
        bits |= 1 << p;
      }
    }
    return new LabelVector(families, bits);
  }

  /** As {@link #decide(float[])}, for probabilities in double precision. */
  public LabelVector decide(double[] probabilities) {
    checkLength(families, probabilities.length, "probabilities");
    int bits = 0;
    for (int p = 0; p < values.length; p++) {
      if (probabilities[p] > values[p]) {
        bits |= 1 << p;
      }
    }
    return new LabelVector(families, bits);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Thresholds that
        && families.equals(that.families)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * families.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int p = 0; p < values.length; p++) {
      text.append(p == 0 ? "" : ", ").append(families.get(p)).append(": ").append(values[p]);
    }
    return text.append(']').toString();
  }

  private static void check(InstrumentFamily family, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          "the threshold of %s is %s; accepted are 0 to 1".formatted(family, value));
    }
  }

  private static void checkLength(FamilySet families, int length, String what) {
    if (length != families.size()) {
      throw new IllegalArgumentException(
          "%d %s for the %d families %s".formatted(length, what, families.size(), families));
    }
  }
}
