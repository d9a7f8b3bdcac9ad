package dev.tutti.worker.training.augment;

import dev.tutti.worker.training.data.BandProjection;
import java.util.random.RandomGenerator;

/**
 * What a player adds that a sampler's looped note lacks: vibrato, and a loudness and brightness
 * that are never quite steady. On band levels in dB, row-major [bands][frames].
 */
final class PlayerVariation {
  private static final int BANDS = BandProjection.BANDS;
  private static final int FRAMES = BandProjection.FRAMES;
  private static final int FRAMES_A_KNOT = 9;

  private final RandomGenerator random;
  private final float[] row = new float[BANDS];

  PlayerVariation(RandomGenerator random) {
    this.random = random;
  }

  /** 4 to 7 waves a second, up to half a semitone to either side, growing from the onset. */
  void vibrato(float[] levels) {
    double depth = 0.15 + 0.85 * random.nextDouble();
    double turn = 2 * Math.PI / (4.5 + 3.5 * random.nextDouble());
    double phase = 2 * Math.PI * random.nextDouble();
    double growth = 5 + 25 * random.nextDouble();
    for (int t = 0; t < FRAMES; t++) {
      double bend = depth * Math.min(1, t / growth) * Math.sin(turn * t + phase);
      bend(levels, t, bend);
    }
  }

  private void bend(float[] levels, int frame, double bands) {
    for (int band = 0; band < BANDS; band++) {
      row[band] = levels[band * FRAMES + frame];
    }
    int whole = (int) Math.floor(bands);
    float part = (float) (bands - whole);
    for (int band = 0; band < BANDS; band++) {
      float near = row[clip(band - whole)];
      float far = row[clip(band - whole - 1)];
      levels[band * FRAMES + frame] = near + part * (far - near);
    }
  }

  private static int clip(int band) {
    return Math.max(0, Math.min(BANDS - 1, band));
  }

  /** Loudness wanders by about 2 dB, brightness by about half a decibel an octave. */
  void unsteadiness(float[] levels) {
    float[] loudness = walk(2);
    float[] brightness = walk(0.5);
    for (int band = 0; band < BANDS; band++) {
      float octaves = (band - BANDS / 2) / 24f;
      for (int t = 0; t < FRAMES; t++) {
        levels[band * FRAMES + t] += loudness[t] + brightness[t] * octaves;
      }
    }
  }

  /** A line over time through normal knots. */
  private float[] walk(double deviation) {
    double[] knots = new double[FRAMES / FRAMES_A_KNOT + 2];
    for (int i = 0; i < knots.length; i++) {
      knots[i] = deviation * random.nextGaussian();
    }
    float[] line = new float[FRAMES];
    for (int t = 0; t < FRAMES; t++) {
      int left = t / FRAMES_A_KNOT;
      double part = (t % FRAMES_A_KNOT) / (double) FRAMES_A_KNOT;
      line[t] = (float) (knots[left] * (1 - part) + knots[left + 1] * part);
    }
    return line;
  }
}
