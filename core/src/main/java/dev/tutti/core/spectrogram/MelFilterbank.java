package dev.tutti.core.spectrogram;

/**
 * Triangles over the bins of a transform: band b rises from the centre of band b-1 to its own and
 * falls to that of band b+1, the centres being equally spaced in mel (as {@code
 * librosa.filters.mel}). Immutable; safe for any number of threads.
 */
public final class MelFilterbank {
  private final int bands;
  private final int bins;
  private final float[] weights;

  /**
   * The triangles of some parameters for a transform.
   *
   * @throws IllegalArgumentException where the highest band ends above half the sample rate
   */
  public MelFilterbank(MelParameters mel, StftParameters stft) {
    if (mel.highest() > stft.sampleRate() / 2.0) {
      throw new IllegalArgumentException(
          "the highest mel band ends at %s Hz; at %d Hz sample rate, at most %s Hz are accepted"
              .formatted(mel.highest(), stft.sampleRate(), stft.sampleRate() / 2.0));
    }
    bands = mel.bands();
    bins = stft.bins();
    weights = new float[Math.multiplyExact(bands, bins)];
    double[] corners = mel.corners();
    for (int band = 0; band < bands; band++) {
      double left = corners[band];
      double centre = corners[band + 1];
      double right = corners[band + 2];
      double height = mel.normalized() ? 2 / (right - left) : 1;
      for (int bin = 0; bin < bins; bin++) {
        double hertz = (double) bin * stft.sampleRate() / stft.nFft();
        double rising = (hertz - left) / (centre - left);
        double falling = (right - hertz) / (right - centre);
        weights[band * bins + bin] = (float) (height * Math.max(0, Math.min(rising, falling)));
      }
    }
  }

  public int bands() {
    return bands;
  }

  /** The weights, row-major [bands][bins]; a copy. */
  public float[] weights() {
    return weights.clone();
  }

  /** Sums the powers of each band: [bins][frames] to [bands][frames]. */
  double[] apply(double[] powers, int frames) {
    double[] sums = new double[Math.multiplyExact(bands, frames)];
    for (int band = 0; band < bands; band++) {
      for (int bin = 0; bin < bins; bin++) {
        float weight = weights[band * bins + bin];
        // A band has few bins: the others cost nothing.
        for (int frame = 0; weight != 0 && frame < frames; frame++) {
          sums[band * frames + frame] += weight * powers[bin * frames + frame];
        }
      }
    }
    return sums;
  }
}
