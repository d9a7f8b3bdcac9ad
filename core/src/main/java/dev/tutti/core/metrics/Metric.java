package dev.tutti.core.metrics;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A figure, or why there is none: what is undefined is never shown as 0.
 *
 * @param value the figure, absent where it is undefined
 * @param undefinedReason why it is absent; empty where it is not
 */
public record Metric(OptionalDouble value, String undefinedReason) {
  /**
   * Checks that there is either a value or a reason.
   *
   * @throws IllegalArgumentException where there are both or neither
   */
  public Metric {
    Objects.requireNonNull(value, "value");
    if (value.isPresent() != undefinedReason.isEmpty()) {
      throw new IllegalArgumentException("a metric has either a value or a reason for having none");
    }
  }

  public static Metric of(double value) {
    return new Metric(OptionalDouble.of(value), "");
  }

  public static Metric undefined(String reason) {
    return new Metric(OptionalDouble.empty(), reason);
  }

  /** {@code numerator / denominator}, undefined for this reason where the denominator is 0. */
  static Metric ratio(long numerator, long denominator, String undefinedReason) {
    return denominator == 0
        ? undefined(undefinedReason)
        : of((double) numerator / (double) denominator);
  }

  /** The mean of those that are defined, undefined for this reason where none is. */
  static Metric mean(List<Metric> metrics, String undefinedReason) {
    OptionalDouble mean =
        metrics.stream()
            .map(Metric::value)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .average();
    return mean.isPresent() ? new Metric(mean, "") : undefined(undefinedReason);
  }

  /**
   * The weighted mean of those that are defined, undefined for this reason where none with a weight
   * above 0 is.
   */
  static Metric weightedMean(List<Metric> metrics, long[] weights, String undefinedReason) {
    double sum = 0;
    long weight = 0;
    for (int i = 0; i < weights.length; i++) {
      if (metrics.get(i).value().isPresent()) {
        sum += metrics.get(i).value().getAsDouble() * weights[i];
        weight += weights[i];
      }
    }
    return weight == 0 ? undefined(undefinedReason) : of(sum / weight);
  }
}
