package dev.tutti.worker.bank.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;

/**
 * Copies rows of numbers and looks for NaN and infinities on the way, which a ReLU or a pooling
 * would turn into numbers that look sound. For one caller at a time.
 *
 * <p>Such a number has all exponent bits set, so adding one to the exponent carries into the sign
 * bit; adding more finds smaller numbers too. Pieces are small enough that they are looked at while
 * they lie in the first cache, and the loop over them is one that the JIT compiler turns into
 * vector instructions: the whole takes little longer than the copy alone, which is as fast as
 * memory.
 */
final class FiniteCopy {
  private static final int HALF = 384;

  private final Limit limit;
  private final int[] piece = new int[2 * HALF];

  /** The sign bits are those of all numbers of a row so far, or-ed by their place in a piece. */
  private final int[] carries = new int[HALF];

  /** What is looked for, in words of four bytes. */
  enum Limit {
    /** Float32 that is not finite. */
    FLOAT32(0x7f80_0000, 0x0080_0000, 0x8000_0000),

    /** Float32 of at least 2^48, whose square in a spectrum might not be finite, and all above. */
    FLOAT32_SAMPLES(0x7f80_0000, 0x2880_0000, 0x8000_0000),

    /** Float16 that is not finite; two in a word. */
    FLOAT16(0x7c00_7c00, 0x0400_0400, 0x8000_8000);

    private final int exponents;
    private final int addend;
    private final int signs;

    Limit(int exponents, int addend, int signs) {
      this.exponents = exponents;
      this.addend = addend;
      this.signs = signs;
    }

    private int found(int word) {
      return ((word & exponents) + addend) & signs;
    }
  }

  FiniteCopy(Limit limit) {
    this.limit = limit;
  }

  /**
   * Copies a row.
   *
   * @param row little-endian, from position to limit; not changed
   * @param target its position moves behind the row
   * @return the index of the first number that is over the limit; -1 if none is
   */
  int copy(ByteBuffer row, ByteBuffer target) {
    ByteBuffer bytes = row.slice().order(ByteOrder.LITTLE_ENDIAN);
    IntBuffer words = bytes.asIntBuffer();
    IntBuffer copies = target.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
    Arrays.fill(carries, 0);
    while (words.remaining() >= piece.length) {
      words.get(piece);
      gatherCarries();
      copies.put(piece);
    }
    int rest = words.remaining();
    words.get(piece, 0, rest);
    copies.put(piece, 0, rest);
    Arrays.fill(piece, rest, piece.length, 0);
    gatherCarries();
    int odd = oddHalf(bytes);
    target.position(target.position() + words.limit() * Integer.BYTES);
    target.put(bytes.position(words.limit() * Integer.BYTES));
    return carried() || limit.found(odd) != 0 ? firstFound(words.rewind(), odd) : -1;
  }

  private void gatherCarries() {
    int exponents = limit.exponents;
    int addend = limit.addend;
    int[] from = piece;
    int[] to = carries;
    for (int i = 0; i < HALF; i++) {
      to[i] |= ((from[i] & exponents) + addend) | ((from[i + HALF] & exponents) + addend);
    }
  }

  private boolean carried() {
    int all = 0;
    for (int carry : carries) {
      all |= carry;
    }
    return (all & limit.signs) != 0;
  }

  /** What is left of an odd number of float16 behind the last whole word. */
  private static int oddHalf(ByteBuffer bytes) {
    int at = bytes.limit() - bytes.limit() % Integer.BYTES;
    return bytes.limit() - at >= Short.BYTES ? Short.toUnsignedInt(bytes.getShort(at)) : 0;
  }

  private int firstFound(IntBuffer words, int odd) {
    int numbersInWord = Integer.bitCount(limit.signs);
    for (int i = 0; i <= words.limit(); i++) {
      int found = limit.found(i < words.limit() ? words.get(i) : odd);
      if (found != 0) {
        boolean first = numbersInWord == 1 || (found & 0xffff) != 0;
        return i * numbersInWord + (first ? 0 : 1);
      }
    }
    return -1;
  }
}
