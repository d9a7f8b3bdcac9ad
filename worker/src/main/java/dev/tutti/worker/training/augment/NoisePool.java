package dev.tutti.worker.training.augment;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.training.data.BandProjection;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Noises of every colour, from true spectrograms of white noise with a random curve added. */
public final class NoisePool {
  private static final int COUNT = 48;
  private static final int SAMPLES = 64_000;

  private final float[][] whites = new float[COUNT][];

  /** The level in dB that white noise of standard deviation 1 has on the average. */
  private final float usual;

  public NoisePool(BandProjection projection, long seed) {
    SpectrogramExtractor extractor = new SpectrogramExtractor(StftParameters.nsynth());
    RandomGenerator random = new SplittableRandom(seed);
    double sum = 0;
    for (int i = 0; i < COUNT; i++) {
      float[] samples = new float[SAMPLES];
      for (int t = 0; t < SAMPLES; t++) {
        samples[t] = (float) random.nextGaussian();
      }
      AudioClip clip = AudioClip.of(samples, StftParameters.nsynth().sampleRate());
      whites[i] = projection.project(extractor.extract(clip));
      for (float level : whites[i]) {
        sum += level;
      }
    }
    usual = (float) (sum / COUNT / BandProjection.SIZE);
  }

  /** White noise of standard deviation 1, what mixtures of no instrument are. */
  public void white(RandomGenerator random, float gain, float[] to) {
    float[] white = whites[random.nextInt(COUNT)];
    for (int i = 0; i < to.length; i++) {
      to[i] = white[i] + gain;
    }
  }

  /** Noise of a random colour whose mean level is about {@code level} dB. */
  void draw(RandomGenerator random, float level, float[] to) {
    float[] white = whites[random.nextInt(COUNT)];
    float[] gains = Curve.equalizer(random, random.nextDouble() * 5);
    Curve.tilt(gains, 1 - 7 * random.nextDouble());
    if (random.nextInt(4) == 0) {
      int low = random.nextInt(150);
      double slope = 10 + 30 * random.nextDouble();
      Curve.highPass(gains, low, slope);
      Curve.lowPass(gains, low + 5 + random.nextInt(40), slope);
    }
    for (int band = 0; band < BandProjection.BANDS; band++) {
      float gain = gains[band] + level - usual;
      int row = band * BandProjection.FRAMES;
      for (int i = row; i < row + BandProjection.FRAMES; i++) {
        to[i] = white[i] + gain;
      }
    }
  }
}
