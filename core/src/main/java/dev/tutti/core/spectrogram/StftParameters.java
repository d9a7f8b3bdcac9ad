package dev.tutti.core.spectrogram;

import dev.tutti.core.audio.AudioClip;

/**
 * How audio becomes a decibel spectrogram. The defaults of the models are {@link #nsynth()}.
 *
 * @param sampleRate in Hz, 4,000 to 192,000
 * @param nFft the transform's length in samples, a power of two from 4 to 65,536
 * @param hopLength samples from one frame to the next, at least 1
 * @param winLength samples of the Hann window, 1 to {@code nFft}; a shorter one stands centred in
 *     the frame between zeros
 * @param amin amplitudes below this count as this one; positive
 * @param topDb everything further than this many dB below the spectrogram's maximum is raised to
 *     that level; at least 0, infinite for no such floor
 */
public record StftParameters(
    int sampleRate, int nFft, int hopLength, int winLength, float amin, float topDb) {
  private static final int MIN_FFT = 4;
  private static final int MAX_FFT = 65_536;

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the parameter out of its range
   */
  public StftParameters {
    check(
        sampleRate >= AudioClip.MIN_SAMPLE_RATE && sampleRate <= AudioClip.MAX_SAMPLE_RATE,
        "sampleRate",
        sampleRate,
        "4000 to 192000 Hz");
    check(
        nFft >= MIN_FFT && nFft <= MAX_FFT && Integer.bitCount(nFft) == 1,
        "nFft",
        nFft,
        "powers of two from 4 to 65536");
    check(hopLength >= 1, "hopLength", hopLength, "1 or more");
    check(winLength >= 1 && winLength <= nFft, "winLength", winLength, "1 to nFft");
    check(amin > 0 && Float.isFinite(amin), "amin", amin, "positive finite numbers");
    check(topDb >= 0, "topDb", topDb, "0 or more, infinity for no floor");
  }

  /** What the NSynth models were trained on: 1,025 bins, 126 frames for 64,000 samples. */
  public static StftParameters nsynth() {
    return new StftParameters(16_000, 2048, 512, 2048, 1e-5f, 80);
  }

  /** Frequency bins, from 0 Hz to half the sample rate: nFft / 2 + 1. */
  public int bins() {
    return nFft / 2 + 1;
  }

  /** The frequency of each bin in Hz. */
  public double[] frequencies() {
    double[] frequencies = new double[bins()];
    for (int bin = 0; bin < frequencies.length; bin++) {
      frequencies[bin] = (double) bin * sampleRate / nFft;
    }
    return frequencies;
  }

  /** Frames of a clip of so many samples, the first centred on sample 0: 1 + samples / hop. */
  public int frames(int samples) {
    return 1 + samples / hopLength;
  }

  private static void check(boolean right, String name, Object value, String accepted) {
    if (!right) {
      throw new IllegalArgumentException(
          "%s is %s; accepted are %s".formatted(name, value, accepted));
    }
  }
}
