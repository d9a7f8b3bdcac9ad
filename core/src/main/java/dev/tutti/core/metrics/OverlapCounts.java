package dev.tutti.core.metrics;

import dev.tutti.core.label.LabelVector;

/**
 * How often decisions and truth overlapped how much: the number of samples for each pair of
 * |decided and present| and |decided or present|. Exact match, Jaccard and bit accuracy follow from
 * these counts and the number of decisions alone, so that they do not depend on the order of the
 * samples.
 */
final class OverlapCounts {
  private final int families;
  private long decisions;

  /** counts[intersection][union]. */
  private final long[][] counts;

  OverlapCounts(int families) {
    this.families = families;
    this.counts = new long[families + 1][families + 1];
  }

  /** Adds a sample, of which only the known families count; there is at least one. */
  void add(LabelVector truth, LabelVector decided, LabelVector known) {
    int intersection = Integer.bitCount(truth.bits() & decided.bits() & known.bits());
    int union = Integer.bitCount((truth.bits() | decided.bits()) & known.bits());
    counts[intersection][union]++;
    decisions += known.cardinality();
  }

  void addAll(OverlapCounts other) {
    decisions += other.decisions;
    for (int i = 0; i <= families; i++) {
      for (int u = 0; u <= families; u++) {
        counts[i][u] += other.counts[i][u];
      }
    }
  }

  long samples() {
    long sum = 0;
    for (long[] row : counts) {
      for (long count : row) {
        sum += count;
      }
    }
    return sum;
  }

  /** The share of samples decided right in every family. */
  Metric exactMatchRatio() {
    long exact = 0;
    for (int i = 0; i <= families; i++) {
      exact += counts[i][i];
    }
    return Metric.ratio(exact, samples(), "there are no samples");
  }

  /** The mean of intersection / union; 0 where both are empty. */
  Metric jaccardSamples() {
    if (samples() == 0) {
      return Metric.undefined("there are no samples");
    }
    double sum = 0;
    for (int i = 1; i <= families; i++) {
      for (int u = i; u <= families; u++) {
        sum += (double) counts[i][u] * i / u;
      }
    }
    return Metric.of(sum / (double) samples());
  }

  /** The share of right decisions. */
  Metric bitAccuracy() {
    long wrong = 0;
    for (int i = 0; i <= families; i++) {
      for (int u = i; u <= families; u++) {
        wrong += counts[i][u] * (u - i);
      }
    }
    return Metric.ratio(decisions - wrong, decisions, "there are no decisions");
  }
}
