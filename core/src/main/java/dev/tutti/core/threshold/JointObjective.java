package dev.tutti.core.threshold;

/**
 * What the thresholds of all labels are chosen for together: a mean over samples of the worth of
 * their |present and found| and |present or found|.
 *
 * <p>Worth is counted in whole units, {@link #UNIT} for a perfect sample, so that sums do not
 * depend on the order of samples or of changes. With up to twelve labels every worth is exact, with
 * more it is rounded to 1e-12.
 */
public enum JointObjective {
  /** The share of samples whose every label is decided right. */
  EXACT_MATCH {
    @Override
    long worth(int both, int either) {
      return both == either ? UNIT : 0;
    }
  },
  /** |present and found| / |present or found|, 0 where both are empty. */
  SAMPLES_JACCARD {
    @Override
    long worth(int both, int either) {
      return either == 0 ? 0 : Math.round((double) UNIT / either * both);
    }
  };

  /** The least common multiple of 1 to 12, times a power of two: 4.6e11. */
  static final long UNIT = 27720L << 24;

  /** The worth of one sample. */
  abstract long worth(int both, int either);

  /** The worth of every pair up to so many labels: [both][either]. */
  long[][] table(int labels) {
    long[][] table = new long[labels + 1][labels + 1];
    for (int both = 0; both <= labels; both++) {
      for (int either = both; either <= labels; either++) {
        table[both][either] = worth(both, either);
      }
    }
    return table;
  }
}
