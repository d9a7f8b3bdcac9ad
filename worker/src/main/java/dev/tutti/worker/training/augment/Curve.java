package dev.tutti.worker.training.augment;

import dev.tutti.worker.training.data.BandProjection;
import java.util.random.RandomGenerator;

/** Random smooth gains over the bands, in dB: rooms, microphones and other instruments. */
final class Curve {
  private static final int OCTAVE = 24;

  private Curve() {}

  /** A line through knots an octave apart, each normal with a deviation in dB. */
  static float[] equalizer(RandomGenerator random, double deviation) {
    int knots = BandProjection.BANDS / OCTAVE + 2;
    double[] at = new double[knots];
    for (int i = 0; i < knots; i++) {
      at[i] = random.nextGaussian() * deviation;
    }
    float[] gains = new float[BandProjection.BANDS];
    for (int band = 0; band < gains.length; band++) {
      int left = band / OCTAVE;
      double part = (band % OCTAVE) / (double) OCTAVE;
      gains[band] = (float) (at[left] * (1 - part) + at[left + 1] * part);
    }
    return gains;
  }

  /** Adds a constant slope, in dB an octave, that is 0 at 500 Hz. */
  static void tilt(float[] gains, double slope) {
    int centre = 4 * OCTAVE;
    for (int band = 0; band < gains.length; band++) {
      gains[band] += (float) (slope * (band - centre) / OCTAVE);
    }
  }

  /** Adds a low-pass: falling by {@code slope} dB an octave above a band. */
  static void lowPass(float[] gains, int from, double slope) {
    for (int band = Math.max(0, from); band < gains.length; band++) {
      gains[band] -= (float) (slope * (band - from) / OCTAVE);
    }
  }

  /** Adds a high-pass: falling by {@code slope} dB an octave below a band. */
  static void highPass(float[] gains, int from, double slope) {
    for (int band = 0; band < Math.min(from, gains.length); band++) {
      gains[band] -= (float) (slope * (from - band) / OCTAVE);
    }
  }
}
