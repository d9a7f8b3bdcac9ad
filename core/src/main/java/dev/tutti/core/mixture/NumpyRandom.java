package dev.tutti.core.mixture;

/**
 * numpy's {@code RandomState}, as far as {@code randn} needs it: the Mersenne Twister MT19937
 * (Matsumoto and Nishimura, ACM TOMACS 8, 1998), seeded by Knuth's recurrence, and Marsaglia's
 * polar method for normal numbers. numpy keeps this stream unchanged for good (NEP 19).
 */
final class NumpyRandom {
  private static final int SIZE = 624;
  private static final int SHIFT = 397;
  private static final int UPPER = 0x8000_0000;
  private static final int LOWER = 0x7FFF_FFFF;
  private static final int TWIST = 0x9908_B0DF;
  private static final int SEED_FACTOR = 1_812_433_253;

  private final int[] state = new int[SIZE];
  private int next = SIZE;
  private double kept;
  private boolean hasKept;

  /** {@code RandomState(seed)}; numpy accepts 0 to 2^32 - 1, of which these are the bits. */
  NumpyRandom(int seed) {
    state[0] = seed;
    for (int i = 1; i < SIZE; i++) {
      state[i] = SEED_FACTOR * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
  }

  /** {@code randn(count)}, rounded to float. */
  float[] normals(int count) {
    float[] normals = new float[count];
    for (int i = 0; i < count; i++) {
      normals[i] = (float) nextNormal();
    }
    return normals;
  }

  /** The next number of {@code randn}: mean 0, standard deviation 1. */
  double nextNormal() {
    if (hasKept) {
      hasKept = false;
      return kept;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * nextDouble() - 1;
      y = 2 * nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
    kept = factor * x;
    hasKept = true;
    return factor * y;
  }

  /** 53 random bits as a number in [0, 1). */
  private double nextDouble() {
    int high = nextInt() >>> 5;
    int low = nextInt() >>> 6;
    return (high * 0x1p26 + low) * 0x1p-53;
  }

  private int nextInt() {
    if (next == SIZE) {
      generate();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9D2C_5680;
    y ^= (y << 15) & 0xEFC6_0000;
    return y ^ (y >>> 18);
  }

  private void generate() {
    for (int i = 0; i < SIZE; i++) {
      int y = (state[i] & UPPER) | (state[(i + 1) % SIZE] & LOWER);
      state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : TWIST);
    }
    next = 0;
  }
}
