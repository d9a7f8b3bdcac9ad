package dev.tutti.core.audio;

import java.util.Arrays;

/**
 * Mono audio: at least one finite float sample, full scale -1..1 (louder samples are allowed), at a
 * rate of 4,000 to 192,000 Hz.
 */
public final class AudioClip {
  /** The lowest and highest sample rates in Hz that are accepted. */
  public static final int MIN_SAMPLE_RATE = 4_000;

  public static final int MAX_SAMPLE_RATE = 192_000;

  private final float[] samples;
  private final int sampleRate;

  private AudioClip(float[] samples, int sampleRate) {
    this.samples = samples;
    this.sampleRate = sampleRate;
  }

  /**
   * A clip that takes the array: the caller must not write to it afterwards.
   *
   * @throws InvalidAudioException where the array is empty, a sample is not finite (its index is
   *     named) or the rate is out of range
   */
  public static AudioClip of(float[] samples, int sampleRate) {
    checkSampleRate(sampleRate);
    if (samples.length == 0) {
      throw empty();
    }
    for (int i = 0; i < samples.length; i++) {
      if (!Float.isFinite(samples[i])) {
        throw notFinite(i, samples[i]);
      }
    }
    return new AudioClip(samples, sampleRate);
  }

  static InvalidAudioException empty() {
    return new InvalidAudioException("the audio has no samples; at least one is needed");
  }

  static InvalidAudioException notFinite(long index, float sample) {
    return new InvalidAudioException(
        "sample %d is %s; every sample must be finite".formatted(index, sample));
  }

  public static void checkSampleRate(int sampleRate) {
    if (sampleRate < MIN_SAMPLE_RATE || sampleRate > MAX_SAMPLE_RATE) {
      throw new InvalidAudioException(
          "the sample rate is %d Hz; accepted are %d to %d Hz"
              .formatted(sampleRate, MIN_SAMPLE_RATE, MAX_SAMPLE_RATE));
    }
  }

  /** The clip's own array: callers must not write to it. */
  public float[] samples() {
    return samples;
  }

  /** How many samples. */
  public int length() {
    return samples.length;
  }

  /** Samples a second. */
  public int sampleRate() {
    return sampleRate;
  }

  public double seconds() {
    return (double) samples.length / sampleRate;
  }

  /**
   * This clip at exactly {@code length} samples: silence added at the end, or the first samples
   * kept.
   *
   * @throws InvalidAudioException where {@code length} is not positive
   */
  public AudioClip fit(int length) {
    if (length <= 0) {
      throw new InvalidAudioException("a clip cannot be fitted to %d samples".formatted(length));
    }
    return length == samples.length
        ? this
        : new AudioClip(Arrays.copyOf(samples, length), sampleRate);
  }

  /**
   * This clip at another rate (see {@link Resampler}).
   *
   * @throws InvalidAudioException where the rate is out of range
   */
  public AudioClip resample(int rate) {
    if (rate == sampleRate) {
      return this;
    }
    return new AudioClip(new Resampler(sampleRate, rate).resample(samples), rate);
  }
}
