package dev.tutti.worker.training.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.worker.training.data.BandNote;
import dev.tutti.worker.training.data.BandProjection;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NoteVariationTest {
  private static final int FRAMES = BandProjection.FRAMES;
  private static final int PARTIAL = 100;
  private static final NoisePool NOISES = new NoisePool(new BandProjection(), 1);

  @Test
  void ofNoStrengthChangesNothing() {
    float[] levels = partial();
    new NoteVariation(random(1), 0, NOISES).apply(levels, 0);
    assertArrayEquals(partial(), levels);
  }

  @Test
  void theSameNumbersMakeTheSameNoteWithinTheDynamicRange() {
    float[] first = partial();
    float[] second = partial();
    new NoteVariation(random(7), 1, NOISES).apply(first, 3);
    new NoteVariation(random(7), 1, NOISES).apply(second, 3);
    assertArrayEquals(first, second);
    float highest = BandNote.highest(first);
    for (float level : first) {
      assertTrue(level >= Math.max(-100, highest + 3 - 80) - 1e-4, "level " + level);
    }
  }

  @Test
  void vibratoMovesThePartialToBothSidesAndNotFar() {
    float[] levels = partial();
    new PlayerVariation(random(3)).vibrato(levels);
    boolean above = false;
    boolean below = false;
    for (int t = 40; t < FRAMES; t++) {
      above |= levels[(PARTIAL + 1) * FRAMES + t] > -79;
      below |= levels[(PARTIAL - 1) * FRAMES + t] > -79;
      assertEquals(-80, levels[(PARTIAL + 2) * FRAMES + t]);
      assertEquals(-80, levels[(PARTIAL - 2) * FRAMES + t]);
    }
    assertTrue(above && below);
  }

  @Test
  void aRoomsTailNeverLowersALevel() {
    float[] levels = partial();
    for (int band = 0; band < BandProjection.BANDS; band++) {
      Arrays.fill(levels, band * FRAMES + 60, (band + 1) * FRAMES, -100);
    }
    float[] dry = levels.clone();
    new RoomVariation(random(2)).reverberate(levels);
    for (int i = 0; i < levels.length; i++) {
      assertTrue(levels[i] >= dry[i]);
    }
    assertTrue(levels[PARTIAL * FRAMES + 62] > -60);
  }

  private static RandomGenerator random(long seed) {
    return new SplittableRandom(seed);
  }

  /** One partial at -10 dB over a floor of -80 dB. */
  private static float[] partial() {
    float[] levels = new float[BandProjection.SIZE];
    Arrays.fill(levels, -80);
    Arrays.fill(levels, PARTIAL * FRAMES, (PARTIAL + 1) * FRAMES, -10);
    return levels;
  }
}
