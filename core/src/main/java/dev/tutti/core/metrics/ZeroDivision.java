package dev.tutti.core.metrics;

/** What a ratio without a denominator is. */
public enum ZeroDivision {
  /** It counts 0: scikit-learn's {@code zero_division=0}. */
  ZERO,
  /** It counts 1: scikit-learn's {@code zero_division=1}. */
  ONE,
  /** It is undefined, and means leave it out. */
  UNDEFINED;

  /** The ratio under this convention, undefined for this reason. */
  Metric ratio(long numerator, long denominator, String undefinedReason) {
    if (denominator == 0 && this != UNDEFINED) {
      return Metric.of(this == ONE ? 1 : 0);
    }
    return Metric.ratio(numerator, denominator, undefinedReason);
  }
}
