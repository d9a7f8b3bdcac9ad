package dev.tutti.core.score;

import java.util.Arrays;

/**
 * Sorts doubles by their bits, eleven at a time from the lowest: six passes without a comparison,
 * some three times as fast as {@link Arrays#sort(double[])} on half a million. The bits of doubles
 * order as the doubles do once those of negative ones are inverted and the sign of the others is
 * set.
 */
final class RadixSort {
  private static final int SMALL = 1 << 12;
  private static final int DIGIT = 11;
  private static final int BUCKETS = 1 << DIGIT;

  private RadixSort() {}

  /** Sorts finite numbers in place; 0 and -0 are the same number and become 0. */
  static void sort(double[] values) {
    if (values.length < SMALL) {
      for (int i = 0; i < values.length; i++) {
        values[i] += 0.0;
      }
      Arrays.sort(values);
      return;
    }
    long[] from = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      long bits = Double.doubleToRawLongBits(values[i] + 0.0);
      from[i] = bits ^ (bits >> 63 | Long.MIN_VALUE);
    }
    long[] to = new long[values.length];
    for (int shift = 0; shift < Long.SIZE; shift += DIGIT) {
      if (pass(from, to, shift)) {
        long[] sorted = to;
        to = from;
        from = sorted;
      }
    }
    for (int i = 0; i < values.length; i++) {
      long bits = from[i];
      values[i] = Double.longBitsToDouble(bits ^ (~bits >> 63 | Long.MIN_VALUE));
    }
  }

  /** Orders by one digit, keeping the order of equal ones; false where all have the same. */
  private static boolean pass(long[] from, long[] to, int shift) {
    int[] next = new int[BUCKETS + 1];
    for (long bits : from) {
      next[(int) (bits >>> shift & (BUCKETS - 1)) + 1]++;
    }
    if (next[(int) (from[0] >>> shift & (BUCKETS - 1)) + 1] == from.length) {
      return false;
    }
    for (int i = 0; i < BUCKETS; i++) {
      next[i + 1] += next[i];
    }
    for (long bits : from) {
      to[next[(int) (bits >>> shift & (BUCKETS - 1))]++] = bits;
    }
    return true;
  }
}
