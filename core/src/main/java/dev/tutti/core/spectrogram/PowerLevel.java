package dev.tutti.core.spectrogram;

/**
 * 10 log10(x), several times faster than {@link Math#log10} and accurate to 5e-9 dB.
 *
 * <p>x is split as 2<sup>e</sup> m with m in [1, 2); the level of m is a polynomial of degree 10 in
 * t = m - 3/2, which interpolates it at the Chebyshev nodes. There is no table, as looking up costs
 * a vector more than arithmetic; and no fused multiply-add, so that {@code VectorLevel}, which does
 * the same in the same order, gives the same bits on every machine.
 */
final class PowerLevel {
  static final int MANTISSA_BITS = 52;
  static final long MANTISSA_MASK = (1L << MANTISSA_BITS) - 1;
  static final long ONE = 0x3FF0_0000_0000_0000L;
  static final double CENTRE = 1.5;
  static final double DB_PER_OCTAVE = 3.010299956639812;

  static final double C0 = 1.7609125905568133;
  static final double C1 = 2.8952966087050456;
  static final double C2 = -0.9650988871140999;
  static final double C3 = 0.4289278306905712;
  static final double C4 = -0.214463350332078;
  static final double C5 = 0.11449252538345304;
  static final double C6 = -0.06361331548263975;
  static final double C7 = 0.03532655666938149;
  static final double C8 = -0.02057799814991252;
  static final double C9 = 0.016287662607448346;
  static final double C10 = -0.009819378229704771;

  private PowerLevel() {}

  /** The level of a normal positive number. */
  static double of(double x) {
    long bits = Double.doubleToRawLongBits(x);
    int exponent = (int) (bits >>> MANTISSA_BITS) - Double.MAX_EXPONENT;
    double t = Double.longBitsToDouble((bits & MANTISSA_MASK) | ONE) - CENTRE;
    double level = C10 * t + C9;
    level = level * t + C8;
    level = level * t + C7;
    level = level * t + C6;
    level = level * t + C5;
    level = level * t + C4;
    level = level * t + C3;
    level = level * t + C2;
    level = level * t + C1;
    level = level * t + C0;
    return exponent * DB_PER_OCTAVE + level;
  }
}
