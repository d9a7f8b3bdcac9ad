package dev.tutti.core.mixture;

/**
 * White Gaussian noise with mean 0 and standard deviation 1, the same to the bit on every machine.
 *
 * <p>Samples come in pairs by the Box-Muller transform from two numbers of {@link SplitMix64},
 * whose first state is the seed:
 *
 * <pre>
 * u = ((next() >>> 11) + 1) / 2^53        in (0, 1]
 * v = (next() >>> 11) / 2^53              in [0, 1)
 * first = sqrt(-2 ln u) cos(2 pi v),  second = sqrt(-2 ln u) sin(2 pi v)
 * </pre>
 *
 * <p>computed in double with fdlibm's functions ({@link StrictMath}) and rounded to float. Of an
 * odd number of samples, the last pair's second is dropped.
 */
final class GaussianNoise {
  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  private GaussianNoise() {}

  static float[] samples(long seed, int count) {
    SplitMix64 random = new SplitMix64(seed);
    float[] samples = new float[count];
    for (int i = 0; i < count; i += 2) {
      double u = ((random.next() >>> 11) + 1) * TWO_TO_MINUS_53;
      double v = (random.next() >>> 11) * TWO_TO_MINUS_53;
      double radius = Math.sqrt(-2 * StrictMath.log(u));
      double angle = 2 * Math.PI * v;
      samples[i] = (float) (radius * StrictMath.cos(angle));
      if (i + 1 < count) {
        samples[i + 1] = (float) (radius * StrictMath.sin(angle));
      }
    }
    return samples;
  }
}
