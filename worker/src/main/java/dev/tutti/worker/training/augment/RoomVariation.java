package dev.tutti.worker.training.augment;

import dev.tutti.worker.training.data.BandProjection;
import java.util.random.RandomGenerator;

/**
 * What a room adds between an instrument and a microphone. On band levels in dB, row-major
 * [bands][frames].
 */
final class RoomVariation {
  private static final int BANDS = BandProjection.BANDS;
  private static final int FRAMES = BandProjection.FRAMES;

  private final RandomGenerator random;

  RoomVariation(RandomGenerator random) {
    this.random = random;
  }

  /** A tail that falls evenly in dB, faster at high frequencies. */
  void reverberate(float[] levels) {
    float wet = (float) (-2 - 12 * random.nextDouble());
    double fall = 0.4 + 2 * random.nextDouble();
    for (int band = 0; band < BANDS; band++) {
      float step = (float) (fall * (0.6 + 0.8 * band / BANDS));
      float tail = NoteVariation.SILENCE;
      for (int t = 0; t < FRAMES; t++) {
        int at = band * FRAMES + t;
        float dry = levels[at];
        levels[at] = Math.max(dry, tail + wet);
        tail = Math.max(dry, tail - step);
      }
    }
  }

  /**
   * Echoes that meet with the direct sound in or out of phase: a gain for each band, the same all
   * the time, and a smaller one that changes from frame to frame.
   */
  void interfere(float[] levels) {
    double modes = 0.5 + 1.5 * random.nextDouble();
    float flutter = 1.5f * random.nextFloat();
    for (int band = 0; band < BANDS; band++) {
      float gain = (float) (modes * random.nextGaussian());
      for (int t = 0; t < FRAMES; t++) {
        float change = flutter * (random.nextFloat() + random.nextFloat() - 1);
        levels[band * FRAMES + t] += gain + change;
      }
    }
  }
}
