package dev.tutti.core.spectrogram;

import dev.tutti.core.audio.AudioClip;

/**
 * Mel spectrograms in dB, as {@code librosa.power_to_db(librosa.feature.melspectrogram(...))} makes
 * them: the powers of the transform summed by a {@link MelFilterbank}, then
 *
 * <pre>level = 10 log10(max(amin^2, power)), raised to the highest level - topDb</pre>
 *
 * <p>Safe for use by any number of threads.
 */
public final class MelSpectrogramExtractor {
  private final StftParameters parameters;
  private final Stft stft;
  private final MelFilterbank filterbank;
  private final Decibels decibels;

  /**
   * An extractor of so many bands.
   *
   * @throws IllegalArgumentException where the bands go beyond half the sample rate
   */
  public MelSpectrogramExtractor(StftParameters parameters, MelParameters mel) {
    this.parameters = parameters;
    this.stft = Stft.of(parameters);
    this.filterbank = new MelFilterbank(mel, parameters);
    this.decibels = new Decibels(1, parameters.amin(), parameters.topDb());
  }

  /** The levels of a clip's bands, [bands][frames], resampled first where its rate differs. */
  public Spectrogram extract(AudioClip clip) {
    float[] samples = clip.resample(parameters.sampleRate()).samples();
    int frames = parameters.frames(samples.length);
    double[] re = new double[Math.multiplyExact(parameters.bins(), frames)];
    double[] im = new double[re.length];
    stft.transform(samples, re, im);
    for (int i = 0; i < re.length; i++) {
      re[i] = re[i] * re[i] + im[i] * im[i];
    }
    double[] powers = filterbank.apply(re, frames);
    float[] levels = new float[powers.length];
    float highest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < levels.length; i++) {
      levels[i] = decibels.level(powers[i]);
      highest = Math.max(highest, levels[i]);
    }
    decibels.clamp(levels, highest);
    return Spectrogram.of(filterbank.bands(), frames, levels);
  }
}
