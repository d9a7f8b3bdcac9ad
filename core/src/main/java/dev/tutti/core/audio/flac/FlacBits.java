package dev.tutti.core.audio.flac;

import dev.tutti.core.audio.InvalidAudioException;
import java.nio.ByteBuffer;

/** Reads the bits of a FLAC file, the most significant of a byte first. */
final class FlacBits {
  private static final int CRC8_POLYNOMIAL = 0x07;
  private static final int CRC16_POLYNOMIAL = 0x8005;

  private final ByteBuffer file;
  private long position;

  FlacBits(ByteBuffer file, int firstByte) {
    this.file = file;
    this.position = (long) firstByte * Byte.SIZE;
  }

  /** The byte in which the next bit lies. */
  int bytePosition() {
    return (int) (position / Byte.SIZE);
  }

  boolean atEnd() {
    return bytePosition() >= file.limit();
  }

  /** Goes on with a byte. */
  void position(int nextByte) {
    position = (long) nextByte * Byte.SIZE;
  }

  /**
   * Demands that what was read is right.
   *
   * @param otherwise what is wrong with the file if not
   */
  void check(boolean right, String otherwise) {
    if (!right) {
      throw new InvalidAudioException(
          "the FLAC file %s, at byte %d".formatted(otherwise, bytePosition()));
    }
  }

  void skipToByte() {
    position = (position + Byte.SIZE - 1) / Byte.SIZE * Byte.SIZE;
  }

  /** The next 16 bits, which are left where they are; fewer at the end of the file. */
  int peek() {
    int next = bytePosition();
    int high = next < file.limit() ? file.get(next) & 0xFF : 0;
    return high << Byte.SIZE | (next + 1 < file.limit() ? file.get(next + 1) & 0xFF : 0);
  }

  /** An unsigned number of 0 to 56 bits. */
  long unsigned(int bits) {
    if (position + bits > (long) file.limit() * Byte.SIZE) {
      throw cut();
    }
    long value = 0;
    int missing = bits;
    while (missing > 0) {
      int available = Byte.SIZE - (int) (position % Byte.SIZE);
      int taken = Math.min(available, missing);
      int rest = file.get(bytePosition()) >> (available - taken);
      value = value << taken | (rest & ((1 << taken) - 1));
      position += taken;
      missing -= taken;
    }
    return value;
  }

  /** A number of 0 to 56 bits in two's complement. */
  long signed(int bits) {
    int unused = Long.SIZE - bits;
    return bits == 0 ? 0 : unsigned(bits) << unused >> unused;
  }

  /** How many 0 bits stand before the next 1 bit, which is read too. */
  int unary() {
    int zeros = 0;
    while (true) {
      if (atEnd()) {
        throw cut();
      }
      int used = (int) (position % Byte.SIZE);
      int rest = file.get(bytePosition()) << (Integer.SIZE - Byte.SIZE + used);
      if (rest != 0) {
        int here = Integer.numberOfLeadingZeros(rest);
        position += here + 1;
        return zeros + here;
      }
      zeros += Byte.SIZE - used;
      position += Byte.SIZE - used;
    }
  }

  /** The CRC-8 of the bytes from {@code firstByte} to the current one. */
  int crc8Since(int firstByte) {
    return crcSince(firstByte, Byte.SIZE, CRC8_POLYNOMIAL);
  }

  /** The CRC-16 of the bytes from {@code firstByte} to the current one. */
  int crc16Since(int firstByte) {
    return crcSince(firstByte, Short.SIZE, CRC16_POLYNOMIAL);
  }

  private int crcSince(int firstByte, int width, int polynomial) {
    int mask = (1 << width) - 1;
    int crc = 0;
    for (int i = firstByte; i < bytePosition(); i++) {
      crc ^= (file.get(i) & 0xFF) << (width - Byte.SIZE);
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        boolean carry = (crc >>> (width - 1) & 1) == 1;
        crc = (crc << 1 & mask) ^ (carry ? polynomial : 0);
      }
    }
    return crc;
  }

  private InvalidAudioException cut() {
    return new InvalidAudioException(
        "the FLAC file ends at byte %d in the middle of a block".formatted(file.limit()));
  }
}
