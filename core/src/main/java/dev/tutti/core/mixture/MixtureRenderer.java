package dev.tutti.core.mixture;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.dataset.DatasetException;
import dev.tutti.core.dataset.Note;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Turns mixtures into the spectrograms that models see. Every clip is brought to the extractor's
 * rate and to the window's length first. Safe for any number of threads.
 */
public final class MixtureRenderer {
  private final NoteLibrary library;
  private final SpectrogramExtractor extractor;
  private final int windowSamples;

  /**
   * A renderer of the notes of a library.
   *
   * @param windowSamples length of every clip at the extractor's rate, at least 1
   */
  public MixtureRenderer(NoteLibrary library, SpectrogramExtractor extractor, int windowSamples) {
    this.library = library;
    this.extractor = extractor;
    this.windowSamples = windowSamples;
  }

  /**
   * The spectrogram of a note alone.
   *
   * @throws UncheckedIOException with a {@link DatasetException} where it cannot be read
   */
  public Spectrogram render(Note note) {
    return extractor.extract(clip(note));
  }

  /**
   * The spectrogram of a mixture.
   *
   * <p>Without notes it is that of white noise of standard deviation 1, whatever the rule and
   * level; of a {@link MixtureNoise.Kind#NUMPY_REAL_PART} mixture, the real part of the transform.
   *
   * @param background the noise that is added to each note's waveform ({@code MEAN_DECIBEL}) or to
   *     their sum ({@code WAVEFORM_SUM})
   * @param noteSpectrograms gives the spectrogram of a note alone, as {@link #render(Note)} does,
   *     perhaps from a cache; asked only for {@code MEAN_DECIBEL} without noise and gain
   * @throws IllegalArgumentException where a note is not in the library
   * @throws UncheckedIOException with a {@link DatasetException} where a note cannot be read
   */
  public Spectrogram render(
      Mixture mixture,
      OverlayRule rule,
      BackgroundNoise background,
      Function<Note, Spectrogram> noteSpectrograms) {
    if (mixture.noteIds().isEmpty()) {
      AudioClip noise = clip(mixture.noise().samples(windowSamples));
      return mixture.noise().kind() == MixtureNoise.Kind.NUMPY_REAL_PART
          ? extractor.realPart(noise)
          : extractor.extract(noise);
    }
    List<Note> notes = mixture.noteIds().stream().map(this::find).toList();
    if (rule == OverlayRule.WAVEFORM_SUM) {
      return extractor.extract(sum(notes, mixture.gains(), mixture.noise(), background));
    }
    List<Spectrogram> parts = new ArrayList<>(notes.size());
    for (int i = 0; i < notes.size(); i++) {
      Note note = notes.get(i);
      double gain = mixture.gains().get(i);
      parts.add(
          background.level() == 0 && gain == 0
              ? noteSpectrograms.apply(note)
              : extractor.extract(sum(List.of(note), List.of(gain), mixture.noise(), background)));
    }
    return Spectrogram.mean(parts);
  }

  /**
   * As {@link #render(Mixture, OverlayRule, BackgroundNoise, Function)}, with white noise.
   *
   * @param noiseLevel its standard deviation in units of full scale; 0 for none
   */
  public Spectrogram render(
      Mixture mixture,
      OverlayRule rule,
      double noiseLevel,
      Function<Note, Spectrogram> noteSpectrograms) {
    return render(mixture, rule, BackgroundNoise.white(noiseLevel), noteSpectrograms);
  }

  /** The sum of the notes and the noise, scaled down to full scale where it exceeds that. */
  private AudioClip sum(
      List<Note> notes, List<Double> gains, MixtureNoise noise, BackgroundNoise background) {
    double[] sum = new double[windowSamples];
    for (int i = 0; i < notes.size(); i++) {
      add(clip(notes.get(i)).samples(), amplitude(gains.get(i)), sum);
    }
    if (background.level() > 0) {
      int sampleRate = extractor.parameters().sampleRate();
      add(background.samples(noise, windowSamples, sampleRate), background.level(), sum);
    }
    double peak = 1;
    for (double value : sum) {
      peak = Math.max(peak, Math.abs(value));
    }
    float[] samples = new float[windowSamples];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (sum[i] / peak);
    }
    return clip(samples);
  }

  /** The factor of a gain in dB. */
  private static double amplitude(double decibel) {
    return decibel == 0 ? 1 : StrictMath.pow(10, decibel / 20);
  }

  private static void add(float[] samples, double gain, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += gain * samples[i];
    }
  }

  private AudioClip clip(float[] samples) {
    return AudioClip.of(samples, extractor.parameters().sampleRate());
  }

  private AudioClip clip(Note note) {
    try {
      return note.audio().resample(extractor.parameters().sampleRate()).fit(windowSamples);
    } catch (DatasetException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Note find(String id) {
    return library
        .find(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException("there is no note '%s' in the library".formatted(id)));
  }
}
