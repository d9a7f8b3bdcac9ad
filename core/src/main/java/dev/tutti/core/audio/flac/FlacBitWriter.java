package dev.tutti.core.audio.flac;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Writes the bits of a FLAC file, the most significant of a byte first. */
final class FlacBitWriter {
  private byte[] bytes = new byte[1024];
  private long position;

  /** The lowest {@code count} bits of a number, 0 to 56 of them. */
  void unsigned(long value, int count) {
    long end = position + count;
    if (end > (long) bytes.length * Byte.SIZE) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, (int) (end / Byte.SIZE) + 1));
    }
    int left = count;
    while (left > 0) {
      int free = Byte.SIZE - (int) (position % Byte.SIZE);
      int taken = Math.min(free, left);
      long part = (value >>> (left - taken)) & ((1L << taken) - 1);
      bytes[(int) (position / Byte.SIZE)] |= (byte) (part << (free - taken));
      position += taken;
      left -= taken;
    }
  }

  /** A number in two's complement. */
  void signed(long value, int count) {
    unsigned(value & ((1L << count) - 1), count);
  }

  /** A number from 0 on: its upper part as so many zeros and a one, its lower part as bits. */
  void rice(long value, int parameter) {
    for (long zeros = value >>> parameter; zeros > 0; zeros -= 32) {
      unsigned(0, (int) Math.min(32, zeros));
    }
    unsigned(1, 1);
    unsigned(value, parameter);
  }

  /** A number below 2^31 coded as UTF-8 codes characters. */
  void utf8(int value) {
    if (value < 0x80) {
      unsigned(value, 8);
      return;
    }
    int following = 1;
    while (value >> (5 * following + 6) != 0) {
      following++;
    }
    int lead = (0xFF << (7 - following)) & 0xFF;
    unsigned(lead | (value >> (6 * following)), 8);
    for (int i = following - 1; i >= 0; i--) {
      unsigned(0x80 | ((value >> (6 * i)) & 0x3F), 8);
    }
  }

  /** Zeros to the end of the byte. */
  void fillByte() {
    position = (position + Byte.SIZE - 1) / Byte.SIZE * Byte.SIZE;
  }

  /** The CRC-8 of all bytes so far. */
  void crc8() {
    unsigned(new FlacBits(ByteBuffer.wrap(bytes), length()).crc8Since(0), Byte.SIZE);
  }

  /** The CRC-16 of all bytes so far. */
  void crc16() {
    unsigned(new FlacBits(ByteBuffer.wrap(bytes), length()).crc16Since(0), Short.SIZE);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length());
  }

  private int length() {
    return (int) ((position + Byte.SIZE - 1) / Byte.SIZE);
  }
}
