package dev.tutti.core.spectrogram;

import static dev.tutti.core.spectrogram.PowerLevel.C0;
import static dev.tutti.core.spectrogram.PowerLevel.C1;
import static dev.tutti.core.spectrogram.PowerLevel.C10;
import static dev.tutti.core.spectrogram.PowerLevel.C2;
import static dev.tutti.core.spectrogram.PowerLevel.C3;
import static dev.tutti.core.spectrogram.PowerLevel.C4;
import static dev.tutti.core.spectrogram.PowerLevel.C5;
import static dev.tutti.core.spectrogram.PowerLevel.C6;
import static dev.tutti.core.spectrogram.PowerLevel.C7;
import static dev.tutti.core.spectrogram.PowerLevel.C8;
import static dev.tutti.core.spectrogram.PowerLevel.C9;
import static dev.tutti.core.spectrogram.PowerLevel.CENTRE;
import static dev.tutti.core.spectrogram.PowerLevel.DB_PER_OCTAVE;
import static dev.tutti.core.spectrogram.PowerLevel.MANTISSA_BITS;
import static dev.tutti.core.spectrogram.PowerLevel.MANTISSA_MASK;
import static dev.tutti.core.spectrogram.PowerLevel.ONE;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link PowerLevel} of vectors of positive numbers, to the same bits. */
final class VectorLevel {
  private static final VectorSpecies<Double> LANES = VectorFft.LANES;
  private static final int WIDTH = VectorFft.WIDTH;
  private static final VectorSpecies<Float> FLOATS =
      VectorSpecies.of(float.class, VectorShape.forBitSize(WIDTH * Float.SIZE));

  /** The bits of 2^52: or-ed with a small integer they are the double 2^52 + integer. */
  private static final long INTEGER = 0x4330_0000_0000_0000L;

  private static final double INTEGER_AND_BIAS = 0x1p52 + Double.MAX_EXPONENT;

  private VectorLevel() {}

  /**
   * Writes the levels of powers of neighbouring frames.
   *
   * @param powers [bins][lanes]
   * @param levels row-major [bins][frames], written at frames {@code frame} and following
   * @return the highest level
   */
  static double write(
      double[] powers, int bins, Decibels decibels, float[] levels, int frame, int frames) {
    double minPower = decibels.minPower();
    double reference = decibels.referenceLevel();
    DoubleVector highest = DoubleVector.broadcast(LANES, Double.NEGATIVE_INFINITY);
    // One loop without calls: a vector that is passed to a method which is not inlined is boxed.
    for (int bin = 0, at = frame; bin < bins; bin++, at += frames) {
      LongVector bits =
          DoubleVector.fromArray(LANES, powers, bin * WIDTH).max(minPower).reinterpretAsLongs();
      DoubleVector exponent =
          bits.lanewise(VectorOperators.LSHR, MANTISSA_BITS)
              .or(INTEGER)
              .reinterpretAsDoubles()
              .sub(INTEGER_AND_BIAS);
      DoubleVector t = bits.and(MANTISSA_MASK).or(ONE).reinterpretAsDoubles().sub(CENTRE);
      DoubleVector level = t.mul(C10).add(C9);
      level = level.mul(t).add(C8);
      level = level.mul(t).add(C7);
      level = level.mul(t).add(C6);
      level = level.mul(t).add(C5);
      level = level.mul(t).add(C4);
      level = level.mul(t).add(C3);
      level = level.mul(t).add(C2);
      level = level.mul(t).add(C1);
      level = level.mul(t).add(C0);
      level = exponent.mul(DB_PER_OCTAVE).add(level).sub(reference);
      ((FloatVector) level.convertShape(VectorOperators.D2F, FLOATS, 0)).intoArray(levels, at);
      highest = highest.max(level);
    }
    return highest.reduceLanes(VectorOperators.MAX);
  }
}
