package dev.tutti.core.spectrogram;

import dev.tutti.core.audio.AudioClip;

/** Turns audio into what the models see. Safe for use by any number of threads. */
public final class SpectrogramExtractor {
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
    int bins = parameters.bins();
    int frames = parameters.frames(samples.length);
    float[] levels = new float[Math.multiplyExact(bins, frames)];
    float highest = stft.levels(samples, decibels, levels);
    decibels.clamp(levels, highest);
    return Spectrogram.ofFinite(bins, frames, levels);
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
