package dev.tutti.worker.bank;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Copies rows of float32 numbers and looks for NaN and infinities on the way, which a ReLU or a
 * pooling would turn into numbers that look sound. For one caller at a time.
 *
 * <p>Such a number has all eight exponent bits set, so adding one to the exponent carries into the
 * sign bit. Pieces are small enough that they are looked at while they lie in the first cache, and
 * the loop over them is one that the JIT compiler turns into vector instructions: the whole takes
 * little longer than the copy alone, which is as fast as memory.
 */
final class FiniteCopy {
  private static final int EXPONENT = 0x7f80_0000;
  private static final int ONE = 0x0080_0000;
  private static final int HALF = 384;

  private final int[] piece = new int[2 * HALF];

  /** The sign bits are those of all numbers of a row so far, or-ed by their place in a piece. */
  private final int[] carries = new int[HALF];

  /**
   * Copies a row.
   *
   * @param row little-endian float32, from position to limit; not changed
   * @param target little-endian; its position moves behind the row
   * @return the index of the first number that is not finite; -1 if all are
   */
  int copy(ByteBuffer row, IntBuffer target) {
    IntBuffer numbers = row.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    Arrays.fill(carries, 0);
    while (numbers.remaining() >= piece.length) {
      numbers.get(piece);
      gatherCarries();
      target.put(piece);
    }
    int rest = numbers.remaining();
    numbers.get(piece, 0, rest);
    target.put(piece, 0, rest);
    Arrays.fill(piece, rest, piece.length, 0);
    gatherCarries();
    return carried() ? firstOther(numbers.rewind()) : -1;
  }

  private void gatherCarries() {
    int[] from = piece;
    int[] to = carries;
    for (int i = 0; i < HALF; i++) {
      to[i] |= ((from[i] & EXPONENT) + ONE) | ((from[i + HALF] & EXPONENT) + ONE);
    }
  }

  private boolean carried() {
    int all = 0;
    for (int carry : carries) {
      all |= carry;
    }
    return all < 0;
  }

  private static int firstOther(IntBuffer numbers) {
    for (int i = 0; i < numbers.limit(); i++) {
      if ((numbers.get(i) & EXPONENT) == EXPONENT) {
        return i;
      }
    }
    return -1;
  }
}
