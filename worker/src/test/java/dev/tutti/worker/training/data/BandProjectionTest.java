package dev.tutti.worker.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BandProjectionTest {
  private static final int BINS = BandProjection.BINS;
  private static final int FRAMES = BandProjection.FRAMES;

  private final BandProjection projection = new BandProjection();

  @Test
  void equalLevelsStayAsTheyAre() {
    float[] levels = new float[BINS * FRAMES];
    Arrays.fill(levels, -37);
    float[] expected = new float[BandProjection.SIZE];
    Arrays.fill(expected, -37);
    assertArrayEquals(expected, projection.project(Spectrogram.of(BINS, FRAMES, levels)), 1e-4f);
  }

  @Test
  void theMeanOfSpectrogramsHasTheMeanOfTheirBands() {
    Spectrogram a = random(1);
    Spectrogram b = random(2);
    float[] bandsOfMean = projection.project(Spectrogram.mean(List.of(a, b)));
    float[] ofA = projection.project(a);
    float[] ofB = projection.project(b);
    for (int i = 0; i < ofA.length; i++) {
      assertEquals((ofA[i] + ofB[i]) / 2, bandsOfMean[i], 1e-3);
    }
  }

  @Test
  void aToneStandsInItsBand() {
    // a' = 440 Hz is 45 semitones above C1, and a band is a quarter tone.
    Spectrogram tone =
        new SpectrogramExtractor(StftParameters.nsynth()).extract(SyntheticNotes.tone(440, 6));
    float[] bands = projection.project(tone);
    int highest = 0;
    for (int band = 0; band < BandProjection.BANDS; band++) {
      if (bands[band * FRAMES + 60] > bands[highest * FRAMES + 60]) {
        highest = band;
      }
    }
    assertEquals(90, highest, 1);
  }

  private static Spectrogram random(long seed) {
    Random random = new Random(seed);
    float[] levels = new float[BINS * FRAMES];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = -80 * random.nextFloat();
    }
    return Spectrogram.of(BINS, FRAMES, levels);
  }
}
