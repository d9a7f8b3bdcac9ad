package dev.tutti.worker.training.data;

import dev.tutti.core.spectrogram.Spectrogram;

/**
 * Linear projection of a dB spectrogram of 1,025 bins to bands that are evenly spaced in pitch: 24
 * an octave from 32.7 Hz (C1) to 7.7 kHz.
 *
 * <p>Each band is the mean of the levels around its centre, weighted by a triangle that reaches to
 * the next band or, where bands lie closer than bins, to the next bin. Since it is linear, the
 * projection of a mean of spectrograms is the mean of their projections.
 */
public final class BandProjection {
  public static final int BANDS = 190;
  public static final int BINS = 1025;
  public static final int FRAMES = 126;
  public static final int SIZE = BANDS * FRAMES;
  private static final double BANDS_AN_OCTAVE = 24;
  private static final double LOWEST_HZ = 32.70319566257483;
  private static final double HZ_A_BIN = 16_000.0 / 2048;

  private final int[] first = new int[BANDS];
  private final float[][] weights = new float[BANDS][];

  public BandProjection() {
    for (int band = 0; band < BANDS; band++) {
      double centre = LOWEST_HZ * Math.pow(2, band / BANDS_AN_OCTAVE);
      double reach = Math.max(HZ_A_BIN, centre * (Math.pow(2, 1 / BANDS_AN_OCTAVE) - 1));
      first[band] = (int) Math.floor((centre - reach) / HZ_A_BIN) + 1;
      int last = Math.min(BINS - 1, (int) Math.ceil((centre + reach) / HZ_A_BIN) - 1);
      weights[band] = new float[last - first[band] + 1];
      double sum = 0;
      for (int bin = first[band]; bin <= last; bin++) {
        sum += triangle(bin, centre, reach);
      }
      for (int bin = first[band]; bin <= last; bin++) {
        weights[band][bin - first[band]] = (float) (triangle(bin, centre, reach) / sum);
      }
    }
  }

  private static double triangle(int bin, double centre, double reach) {
    return Math.max(0, 1 - Math.abs(bin * HZ_A_BIN - centre) / reach);
  }

  /** The weight of a bin in a band. */
  public float weight(int bin, int band) {
    int index = bin - first[band];
    return index >= 0 && index < weights[band].length ? weights[band][index] : 0;
  }

  /**
   * The levels of all bands, row-major [BANDS][FRAMES].
   *
   * @param spectrogram of 1,025 bins and 126 frames
   */
  public float[] project(Spectrogram spectrogram) {
    float[] levels = spectrogram.values();
    float[] bands = new float[SIZE];
    for (int band = 0; band < BANDS; band++) {
      for (int i = 0; i < weights[band].length; i++) {
        float weight = weights[band][i];
        int from = (first[band] + i) * FRAMES;
        int to = band * FRAMES;
        for (int frame = 0; frame < FRAMES; frame++) {
          bands[to + frame] += weight * levels[from + frame];
        }
      }
    }
    return bands;
  }
}
