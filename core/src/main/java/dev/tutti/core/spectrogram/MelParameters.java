package dev.tutti.core.spectrogram;

import java.util.Arrays;

/**
 * Which mel bands to form, as {@code librosa.filters.mel} understands it.
 *
 * @param bands how many, at least 1
 * @param lowest where the first band begins, in Hz, at least 0
 * @param highest where the last band ends, in Hz, above {@code lowest}
 * @param scale how Hz become mel
 * @param normalized whether each triangle has an area of 1 (Slaney's), or a height of 1
 */
public record MelParameters(
    int bands, double lowest, double highest, MelScale scale, boolean normalized) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming what is out of its range
   */
  public MelParameters {
    if (bands < 1) {
      throw new IllegalArgumentException("%d mel bands; at least 1 is needed".formatted(bands));
    }
    if (!(lowest >= 0 && highest > lowest) || Double.isInfinite(highest)) {
      throw new IllegalArgumentException(
          "mel bands from %s to %s Hz; accepted are 0 <= lowest < highest"
              .formatted(lowest, highest));
    }
  }

  /** librosa's defaults: Slaney's scale and areas, from 0 to half the sample rate. */
  public static MelParameters slaney(int bands, int sampleRate) {
    return new MelParameters(bands, 0, sampleRate / 2.0, MelScale.SLANEY, true);
  }

  /** The bands' centres in Hz, ascending: where their triangles have their tops. */
  public double[] centres() {
    return Arrays.copyOfRange(corners(), 1, bands + 1);
  }

  /** The frequencies in Hz where triangles begin, have their tops and end: bands + 2. */
  double[] corners() {
    double from = scale.toMel(lowest);
    double step = (scale.toMel(highest) - from) / (bands + 1);
    double[] corners = new double[bands + 2];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = scale.toHertz(from + i * step);
    }
    return corners;
  }
}
