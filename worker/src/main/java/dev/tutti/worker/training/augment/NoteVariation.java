package dev.tutti.worker.training.augment;

import dev.tutti.worker.training.data.BandNote;
import dev.tutti.worker.training.data.BandProjection;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Random changes of a note that leave its family: another pitch, instrument body, room, microphone,
 * length, loudness or background. All on band levels in dB, row-major [bands][frames].
 */
public final class NoteVariation {
  private static final int BANDS = BandProjection.BANDS;
  private static final int FRAMES = BandProjection.FRAMES;
  static final float TOP_DB = 80;
  static final float SILENCE = -100;
  private static final int ENVELOPE_REACH = 12;

  private final RandomGenerator random;
  private final double strength;
  private final NoisePool noises;
  private final PlayerVariation player;
  private final RoomVariation room;
  private final float[] scratch = new float[BandProjection.SIZE];

  /**
   * Changes notes.
   *
   * @param strength 1 as described; 0 changes nothing
   * @param noises for backgrounds
   */
  NoteVariation(RandomGenerator random, double strength, NoisePool noises) {
    this.random = random;
    this.strength = strength;
    this.noises = noises;
    player = new PlayerVariation(random);
    room = new RoomVariation(random);
  }

  /** Changes the levels of a note in place; {@code headroom} as of {@link BandNote}. */
  void apply(float[] levels, float headroom) {
    if (chance(0.7)) {
      shift(levels);
    }
    if (chance(0.8)) {
      filter(levels);
    }
    if (chance(0.1)) {
      player.vibrato(levels);
    }
    if (chance(0.15)) {
      player.unsteadiness(levels);
    }
    if (chance(0.4)) {
      scaleContrast(levels);
    }
    if (chance(0.35)) {
      decay(levels);
    }
    if (chance(0.3)) {
      release(levels);
    }
    if (chance(0.12)) {
      fadeIn(levels);
    }
    if (chance(0.3)) {
      delay(levels, 1 + random.nextInt(12));
    }
    if (chance(0.3)) {
      room.reverberate(levels);
    }
    if (chance(0.12)) {
      room.interfere(levels);
    }
    if (chance(0.35)) {
      addNoise(levels);
    }
    clamp(levels, headroom);
  }

  /** As {@code librosa.amplitude_to_db} does: nothing further than 80 dB below the highest. */
  static void clamp(float[] levels, float headroom) {
    raise(levels, BandNote.highest(levels) + headroom);
  }

  /**
   * The same where the highest bin is known.
   *
   * @param peak level of the highest bin in dB
   */
  public static void raise(float[] levels, float peak) {
    float lowest = Math.max(SILENCE, peak - TOP_DB);
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.max(levels[i], lowest);
    }
  }

  private boolean chance(double share) {
    return random.nextDouble() < share * strength;
  }

  /** Moves partials and spectral envelope by different intervals: another pitch, another body. */
  private void shift(float[] levels) {
    int partials = random.nextInt(-6, 7);
    int body = random.nextInt(-4, 5);
    float[] envelope = envelope(levels);
    System.arraycopy(levels, 0, scratch, 0, levels.length);
    for (int band = 0; band < BANDS; band++) {
      int from = Math.max(0, Math.min(BANDS - 1, band - partials));
      int shape = Math.max(0, Math.min(BANDS - 1, band - body));
      float gain = envelope[shape] - envelope[from];
      for (int t = 0; t < FRAMES; t++) {
        levels[band * FRAMES + t] = scratch[from * FRAMES + t] + gain;
      }
    }
  }

  /** The mean level around each band over time. */
  private static float[] envelope(float[] levels) {
    double[] sums = new double[BANDS + 1];
    for (int band = 0; band < BANDS; band++) {
      double sum = 0;
      for (int t = 0; t < FRAMES; t++) {
        sum += levels[band * FRAMES + t];
      }
      sums[band + 1] = sums[band] + sum / FRAMES;
    }
    float[] envelope = new float[BANDS];
    for (int band = 0; band < BANDS; band++) {
      int low = Math.max(0, band - ENVELOPE_REACH);
      int high = Math.min(BANDS, band + ENVELOPE_REACH + 1);
      envelope[band] = (float) ((sums[high] - sums[low]) / (high - low));
    }
    return envelope;
  }

  private void filter(float[] levels) {
    float[] gains = Curve.equalizer(random, 3.5);
    Curve.tilt(gains, random.nextGaussian() * 1.5);
    if (random.nextInt(4) == 0) {
      Curve.lowPass(gains, 110 + random.nextInt(70), 6 + 18 * random.nextDouble());
    }
    if (random.nextInt(4) == 0) {
      Curve.highPass(gains, random.nextInt(60), 6 + 18 * random.nextDouble());
    }
    float gain = (float) (random.nextGaussian() * 6);
    for (int band = 0; band < BANDS; band++) {
      float all = gains[band] + gain;
      for (int t = 0; t < FRAMES; t++) {
        levels[band * FRAMES + t] += all;
      }
    }
  }

  private void scaleContrast(float[] levels) {
    float highest = BandNote.highest(levels);
    float factor = (float) (0.8 + 0.45 * random.nextDouble());
    for (int i = 0; i < levels.length; i++) {
      levels[i] = highest + (levels[i] - highest) * factor;
    }
  }

  /** Falls faster, or slower, than it was played. */
  private void decay(float[] levels) {
    float slope = (float) (random.nextDouble() < 0.75 ? 0.35 * random.nextDouble() : -0.15);
    for (int band = 0; band < BANDS; band++) {
      for (int t = 0; t < FRAMES; t++) {
        levels[band * FRAMES + t] -= slope * t;
      }
    }
  }

  /** Ends early. */
  private void release(float[] levels) {
    int end = 12 + random.nextInt(100);
    float slope = (float) (0.7 + 6 * random.nextDouble());
    for (int band = 0; band < BANDS; band++) {
      for (int t = end; t < FRAMES; t++) {
        levels[band * FRAMES + t] -= slope * (t - end);
      }
    }
  }

  /** Starts more softly. */
  private void fadeIn(float[] levels) {
    int length = 2 + random.nextInt(10);
    float depth = 4 + 20 * random.nextFloat();
    for (int band = 0; band < BANDS; band++) {
      for (int t = 0; t < length; t++) {
        levels[band * FRAMES + t] -= depth * (length - t) / length;
      }
    }
  }

  /** Starts later. */
  private static void delay(float[] levels, int frames) {
    for (int band = 0; band < BANDS; band++) {
      int row = band * FRAMES;
      System.arraycopy(levels, row, levels, row + frames, FRAMES - frames);
      Arrays.fill(levels, row, row + frames, SILENCE);
    }
  }

  /** A background 15 to 75 dB below the note's highest level. */
  private void addNoise(float[] levels) {
    float level = BandNote.highest(levels) - 15 - 60 * random.nextFloat();
    noises.draw(random, level, scratch);
    PowerSum.add(levels, scratch);
  }
}
