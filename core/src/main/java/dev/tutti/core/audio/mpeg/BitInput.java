package dev.tutti.core.audio.mpeg;

/** Reads bits of bytes, the most significant first; behind the end there are zeros. */
final class BitInput {
  private final byte[] data;
  private final int end;
  private int position;

  /**
   * Bits of the bytes from one index to before another.
   *
   * @param to at most {@code data.length}
   */
  BitInput(byte[] data, int from, int to) {
    this.data = data;
    this.position = from * Byte.SIZE;
    this.end = to * Byte.SIZE;
  }

  /** The index of the next bit, counted from the array's start. */
  int position() {
    return position;
  }

  /** Whether all bits before one are there. */
  boolean holds(int bit) {
    return bit <= end;
  }

  void seek(int bit) {
    position = bit;
  }

  int bit() {
    if (position >= end) {
      position++;
      return 0;
    }
    int bit = (data[position >> 3] >> (7 - (position & 7))) & 1;
    position++;
    return bit;
  }

  boolean flag() {
    return bit() == 1;
  }

  /** An unsigned number of 0 to 24 bits. */
  int read(int bits) {
    int first = position >> 3;
    int last = (position + bits + 7) >> 3;
    int value = 0;
    for (int i = first; i < last; i++) {
      value = value << Byte.SIZE | (i << 3 < end ? data[i] & 0xFF : 0);
    }
    position += bits;
    int unused = (last << 3) - position;
    return (value >>> unused) & ((1 << bits) - 1);
  }
}
