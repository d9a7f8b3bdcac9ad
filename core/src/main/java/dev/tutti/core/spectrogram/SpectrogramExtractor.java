package dev.tutti.core.spectrogram;

import dev.tutti.core.audio.AudioClip;

/** Turns audio into what the models see. Safe for use by any number of threads. */
public final class SpectrogramExtractor {
  /**
   * Frames transformed before their levels are written out: the result has frames side by side, so
   * a block of them fills whole cache lines where single frames would touch each line anew.
   */
  private static final int BLOCK = 16;

  private final StftParameters parameters;
  private final Stft stft;
  private final Decibels decibels;

  public SpectrogramExtractor(StftParameters parameters) {
    this.parameters = parameters;
    this.stft = new Stft(parameters);
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
    double[] powers = new double[BLOCK * bins];
    Stft.Workspace workspace = stft.workspace();
    float highest = Float.NEGATIVE_INFINITY;
    for (int first = 0; first < frames; first += BLOCK) {
      int count = Math.min(BLOCK, frames - first);
      for (int j = 0; j < count; j++) {
        stft.power(samples, first + j, workspace, powers, j * bins);
      }
      for (int bin = 0; bin < bins; bin++) {
        for (int j = 0; j < count; j++) {
          float level = decibels.level(powers[j * bins + bin]);
          levels[bin * frames + first + j] = level;
          highest = Math.max(highest, level);
        }
      }
    }
    decibels.clamp(levels, highest);
    return Spectrogram.ofFinite(bins, frames, levels);
  }
}
