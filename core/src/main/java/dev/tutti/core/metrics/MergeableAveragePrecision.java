package dev.tutti.core.metrics;

/**
 * Average precision in constant memory (1 MiB), for any number of cases and mergeable: scores are
 * counted in 65,536 bins of equal width over 0..1.
 *
 * <p>What is lost is the order within a bin. A present case is credited with the precision at the
 * end of its group of equal scores, and within a bin that can be anything between two extremes:
 *
 * <ul>
 *   <li>at worst the bin's absent cases come first and the present ones follow one by one: the j-th
 *       of them gets (T + j) / (T + j + F + n);
 *   <li>at best its present cases share one score above the absent ones: each gets (T + p) / (T + p
 *       + F),
 * </ul>
 *
 * where T and F are the present and absent cases in higher bins, p and n those in this one. The
 * sums of the extremes are bounds that the exact value cannot leave. The estimate takes each bin as
 * one group of equal scores. For one thread.
 */
public final class MergeableAveragePrecision {
  private static final int BINS = 1 << 16;

  /** More than the rounding of any of the sums. */
  private static final double ROUNDING = 1e-12;

  private static final String NOTHING = "nothing is present";

  private final long[] present = new long[BINS];
  private final long[] absent = new long[BINS];

  /**
   * The estimate and what it lies between; all undefined where nothing is present.
   *
   * @param lower the exact value is no less
   * @param upper the exact value is no more
   */
  public record Bounds(Metric lower, Metric estimate, Metric upper) {}

  /**
   * Adds a case.
   *
   * @throws IllegalArgumentException where the score is not in 0..1
   */
  public void add(double score, boolean isPresent) {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("the score is " + score + "; accepted are 0 to 1");
    }
    // Multiplying by a power of two is exact, so that equal scores share a bin and order is kept.
    int bin = Math.min(BINS - 1, (int) (score * BINS));
    (isPresent ? present : absent)[bin]++;
  }

  /** Adds everything that another holds, which stays as it is. */
  public void merge(MergeableAveragePrecision other) {
    for (int bin = 0; bin < BINS; bin++) {
      present[bin] += other.present[bin];
      absent[bin] += other.absent[bin];
    }
  }

  /** The average precision so far. Takes time in proportion to the present cases. */
  public Bounds bounds() {
    double lower = 0;
    double estimate = 0;
    double upper = 0;
    double found = 0;
    double mistaken = 0;
    for (int bin = BINS - 1; bin >= 0; bin--) {
      double all = mistaken + absent[bin];
      for (long j = 1; j <= present[bin]; j++) {
        lower += (found + j) / (found + j + all);
      }
      found += present[bin];
      if (present[bin] > 0) {
        estimate += present[bin] * found / (found + all);
        upper += present[bin] * found / (found + mistaken);
      }
      mistaken = all;
    }
    return found == 0
        ? new Bounds(
            Metric.undefined(NOTHING), Metric.undefined(NOTHING), Metric.undefined(NOTHING))
        : new Bounds(
            Metric.of(Math.max(0, lower / found - ROUNDING)),
            Metric.of(estimate / found),
            Metric.of(Math.min(1, upper / found + ROUNDING)));
  }
}
