package dev.tutti.worker.training.data;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Notes whose families differ in how fast their partials fall off. */
public final class SyntheticNotes {
  public static final FamilySet FAMILIES =
      FamilySet.of(InstrumentFamily.BASS, InstrumentFamily.FLUTE, InstrumentFamily.REED);
  private static final int SAMPLES = 64_000;
  private static final double RATE = 16_000;

  private SyntheticNotes() {}

  /** Some notes of each family, of two instruments each. */
  public static List<List<BandNote>> byFamily(int each) {
    BandProjection projection = new BandProjection();
    SpectrogramExtractor extractor = new SpectrogramExtractor(StftParameters.nsynth());
    Random random = new Random(1);
    List<List<BandNote>> notes = new ArrayList<>();
    for (InstrumentFamily family : FAMILIES) {
      List<BandNote> own = new ArrayList<>();
      for (int i = 0; i < each; i++) {
        AudioClip clip = tone(100 + 300 * random.nextDouble(), 1 + family.nsynthId() * 0.3);
        own.add(new BandNote(family, family + "_" + i % 2, extractor.extract(clip), projection));
      }
      notes.add(own);
    }
    return notes;
  }

  /** A tone whose partial n has the amplitude 0.2 n^-fall. */
  public static AudioClip tone(double hertz, double fall) {
    float[] samples = new float[SAMPLES];
    for (int n = 1; n * hertz < RATE / 2; n++) {
      double step = 2 * Math.PI * n * hertz / RATE;
      double amplitude = 0.2 * Math.pow(n, -fall);
      for (int i = 0; i < SAMPLES; i++) {
        samples[i] += (float) (amplitude * Math.sin(step * i + n));
      }
    }
    return AudioClip.of(samples, (int) RATE);
  }
}
