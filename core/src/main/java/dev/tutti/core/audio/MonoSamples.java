package dev.tutti.core.audio;

import java.util.Arrays;

/** The mono samples of a file while it is being decoded: grows with what arrives, up to a bound. */
final class MonoSamples {
  /** More would be a decompression bomb: 70 minutes at 16 kHz. */
  private static final int MAX_SAMPLES = 1 << 26;

  private static final int FIRST_CAPACITY = 1 << 16;

  private float[] samples = new float[FIRST_CAPACITY];
  private int length;

  /**
   * Adds a sample.
   *
   * @throws InvalidAudioException where there are too many
   */
  void add(double sample) {
    if (length == samples.length) {
      if (length >= MAX_SAMPLES) {
        throw new InvalidAudioException("the audio has more than " + MAX_SAMPLES + " samples");
      }
      samples = Arrays.copyOf(samples, 2 * length);
    }
    samples[length++] = (float) sample;
  }

  int length() {
    return length;
  }

  /** The first samples as a clip. */
  AudioClip clip(int count, int sampleRate) {
    return clip(0, count, sampleRate);
  }

  /** The samples from one index to before another as a clip. */
  AudioClip clip(int from, int to, int sampleRate) {
    return AudioClip.of(Arrays.copyOfRange(samples, from, to), sampleRate);
  }
}
