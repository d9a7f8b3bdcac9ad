package dev.tutti.worker.training;

/**
 * Levels of sums of powers: 10 log10(10^(a/10) + 10^(b/10)), from a table of what the weaker adds
 * to the stronger; at most 0.01 dB off.
 */
final class PowerSum {
  private static final int STEPS_A_DECIBEL = 32;
  private static final int LARGEST_GAP = 30;
  private static final float[] ADDED = new float[LARGEST_GAP * STEPS_A_DECIBEL + 1];

  static {
    for (int i = 0; i < ADDED.length - 1; i++) {
      double gap = (i + 0.5) / STEPS_A_DECIBEL;
      ADDED[i] = (float) (10 * Math.log10(1 + Math.pow(10, -gap / 10)));
    }
  }

  private PowerSum() {}

  static float of(float a, float b) {
    float gap = Math.min(LARGEST_GAP, Math.abs(a - b));
    return Math.max(a, b) + ADDED[(int) (gap * STEPS_A_DECIBEL)];
  }

  /** Adds the powers of {@code other} to those of {@code sum}, in place. */
  static void add(float[] sum, float[] other) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] = of(sum[i], other[i]);
    }
  }
}
