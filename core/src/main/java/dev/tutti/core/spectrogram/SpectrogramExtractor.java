package dev.tutti.core.spectrogram;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.InvalidAudioException;

/** Turns audio into what the models see. Safe for use by any number of threads. */
public final class SpectrogramExtractor {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final StftParameters parameters;
  private final Stft stft;
  private final Decibels decibels;

  public SpectrogramExtractor(StftParameters parameters) {
    this(parameters, Stft.of(parameters));
  }

  SpectrogramExtractor(StftParameters parameters, Stft stft) {
    this.parameters = parameters;
    this.stft = stft;
    this.decibels = new Decibels(1, parameters.amin(), parameters.topDb());
  }

  public StftParameters parameters() {
    return parameters;
  }

  /** The dB spectrogram of a clip, resampled to the parameters' rate first where it differs. */
  public Spectrogram extract(AudioClip clip) {
    float[] samples = clip.resample(parameters.sampleRate()).samples();
    float[] levels = levels(samples.length);
    return clamped(levels, stft.levels(samples, decibels, levels));
  }

  /**
   * The dB spectrogram of samples in double precision at the parameters' rate: rounded to float
   * they would move the quietest levels by more than the transform does.
   *
   * @throws InvalidAudioException where there are no samples or one is not finite (its index is
   *     named)
   */
  public Spectrogram extract(double[] samples) {
    if (samples.length == 0) {
      throw new InvalidAudioException("the audio has no samples; at least one is needed");
    }
    for (int i = 0; i < samples.length; i++) {
      if (!Double.isFinite(samples[i])) {
        throw new InvalidAudioException(
            "sample %d is %s; every sample must be finite".formatted(i, samples[i]));
      }
    }
    float[] levels = levels(samples.length);
    return clamped(levels, stft.levels(samples, decibels, levels));
  }

  private float[] levels(int samples) {
    long size = (long) parameters.bins() * parameters.frames(samples);
    if (size > LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          "a spectrogram of %d bins x %d frames is larger than can be held; a longer hop makes fewer"
                  .formatted(parameters.bins(), parameters.frames(samples))
              + " frames");
    }
    return new float[(int) size];
  }

  private Spectrogram clamped(float[] levels, float highest) {
    decibels.clamp(levels, highest);
    int bins = parameters.bins();
    return Spectrogram.ofFinite(bins, levels.length / bins, levels);
  }

  /**
   * The real part of the transform of a clip, not in dB: what models were given that were tested on
   * raw noise. Resampled first where the rate differs.
   */
  public Spectrogram realPart(AudioClip clip) {
    float[] samples = clip.resample(parameters.sampleRate()).samples();
    int frames = parameters.frames(samples.length);
    double[] re = new double[Math.multiplyExact(parameters.bins(), frames)];
    stft.transform(samples, re, new double[re.length]);
    float[] values = new float[re.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) re[i];
    }
    return Spectrogram.of(parameters.bins(), frames, values);
  }
}
