package dev.tutti.core.mixture;

/**
 * The random numbers of mixtures, specified so that any language can reproduce them.
 *
 * <p>SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA
 * 2014), all arithmetic modulo 2<sup>64</sup>, {@code >>>} shifting zeros in:
 *
 * <pre>
 * next():  state += 0x9E3779B97F4A7C15;  return mix(state)
 * mix(z):  z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9
 *          z = (z ^ (z >>> 27)) * 0x94D049BB133111EB
 *          return z ^ (z >>> 31)
 * below(n):  ((next() >>> 32) * n) >>> 32
 * </pre>
 *
 * <p>{@code mix} is a bijection; {@code below} favours no value by more than n / 2<sup>32</sup>.
 */
final class SplitMix64 {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix64(long state) {
    this.state = state;
  }

  static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The next 64 bits. */
  long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** A number from 0 to {@code bound - 1}; the bound is positive. */
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }
}
