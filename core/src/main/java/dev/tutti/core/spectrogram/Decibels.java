package dev.tutti.core.spectrogram;

/**
 * Amplitudes as levels in dB, as {@code librosa.amplitude_to_db} defines them:
 *
 * <pre>
 * level = 20 log10(max(amin, |S|)) - 20 log10(max(amin, reference))
 * level = max(level, maximum of all levels - topDb)
 * </pre>
 *
 * <p>Computed from powers |S|<sup>2</sup> in double and rounded to float; the clamp is float
 * arithmetic.
 */
public final class Decibels {
  private final double minPower;
  private final double referenceLevel;
  private final float topDb;

  /**
   * Levels relative to a reference.
   *
   * @param reference the amplitude of 0 dB, 0 or more
   * @param amin amplitudes below this count as this one; positive
   * @param topDb how far below the highest level the lowest may lie, at least 0; infinite for any
   * @throws IllegalArgumentException where one is out of its range
   */
  public Decibels(double reference, double amin, float topDb) {
    if (!(reference >= 0 && amin > 0 && topDb >= 0)) {
      throw new IllegalArgumentException(
          "reference %s and topDb %s must be 0 or more and amin %s positive"
              .formatted(reference, topDb, amin));
    }
    this.minPower = amin * amin;
    this.referenceLevel = PowerLevel.of(Math.max(minPower, reference * reference));
    this.topDb = topDb;
  }

  /** Powers below this count as this one. */
  double minPower() {
    return minPower;
  }

  /** The level of the reference, which is taken from every other. */
  double referenceLevel() {
    return referenceLevel;
  }

  /** The level of a power, before the clamp. */
  float level(double power) {
    return (float) (PowerLevel.of(Math.max(minPower, power)) - referenceLevel);
  }

  /** Raises every level that is further than topDb below {@code highest}, in place. */
  void clamp(float[] levels, float highest) {
    float lowest = highest - topDb;
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.max(levels[i], lowest);
    }
  }

  /** The levels of amplitudes of any sign. */
  public float[] levels(float[] amplitudes) {
    float[] levels = new float[amplitudes.length];
    float highest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < levels.length; i++) {
      levels[i] = level((double) amplitudes[i] * amplitudes[i]);
      highest = Math.max(highest, levels[i]);
    }
    clamp(levels, highest);
    return levels;
  }
}
