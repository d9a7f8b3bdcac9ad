package dev.tutti.core.audio.decode;

import dev.tutti.core.audio.flac.FlacChecksums;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Makes files that are nearly audio: bytes, sizes and pieces of good files changed, tags put around
 * them, and, half of the time, the checksums of Ogg pages and FLAC frames made right again, so that
 * the change reaches what stands behind them. The same seed makes the same file.
 */
final class AudioMutator {
  private static final int HEADERS = 160;
  private static final int[] SIZES = {
    0, 1, 2, 7, 8, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFEFFFF, 0x7FFF0000, -1, 1 << 31
  };

  private final Random random;
  private final List<byte[]> seeds;

  AudioMutator(List<byte[]> seeds, long seed) {
    this.random = new Random(seed);
    this.seeds = seeds;
  }

  byte[] next() {
    byte[] file = any().clone();
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      file = changed(file);
    }
    if (random.nextBoolean()) {
      OggPages.repair(file);
      FlacFrames.repair(file);
    }
    return file;
  }

  private byte[] any() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] changed(byte[] file) {
    if (file.length < 8) {
      return any().clone();
    }
    int from = random.nextInt(random.nextBoolean() ? Math.min(HEADERS, file.length) : file.length);
    int to = Math.min(file.length, from + random.nextInt(200));
    switch (random.nextInt(9)) {
      case 0 -> file[from] ^= (byte) (1 << random.nextInt(8));
      case 1 -> file[from] = (byte) random.nextInt();
      case 2 -> number(file, Math.min(from, file.length - 4));
      case 3 -> number(file, Math.min(from & ~3, file.length - 4));
      case 4 -> {
        return join(file, 0, from, file, to, file.length);
      }
      case 5 -> {
        return join(file, 0, to, file, from, file.length);
      }
      case 6 -> {
        return Arrays.copyOf(file, from);
      }
      case 7 -> {
        byte[] other = any();
        return join(file, 0, from, other, random.nextInt(other.length), other.length);
      }
      default -> {
        byte[] tag = tag();
        return random.nextBoolean()
            ? join(tag, 0, tag.length, file, 0, file.length)
            : join(file, 0, file.length, tag, 0, tag.length);
      }
    }
    return file;
  }

  /** A size that often goes wrong, in either byte order, of two or four bytes. */
  private void number(byte[] file, int at) {
    int size = SIZES[random.nextInt(SIZES.length)];
    int number = random.nextBoolean() ? size : Integer.reverseBytes(size);
    ByteBuffer bytes = ByteBuffer.wrap(file);
    if (random.nextBoolean()) {
      bytes.putInt(at, number);
    } else {
      bytes.putShort(at, (short) number);
    }
  }

  private byte[] tag() {
    String[] names = {"ID3\4\0\0\0\0\0\5", "TAG", "APETAGEX", "LYRICSBEGIN", "000011LYRICS200"};
    byte[] name = names[random.nextInt(names.length)].getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.copyOf(name, random.nextBoolean() ? 128 : name.length + random.nextInt(300));
  }

  private static byte[] join(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(a, aFrom, aTo - aFrom);
    joined.write(b, bFrom, bTo - bFrom);
    return joined.toByteArray();
  }

  /** Where a pattern of two bytes stands, from a place on; the length where it does not. */
  private static int indexOf(byte[] file, int first, int mask, int second, int from) {
    for (int i = from; i + 1 < file.length; i++) {
      if ((file[i] & 0xFF) == first && (file[i + 1] & mask) == second) {
        return i;
      }
    }
    return file.length;
  }

  /** Pages of Ogg: 27 bytes of header, a table of sizes, and what they add up to. */
  private static final class OggPages {
    private static final int HEADER = 27;
    private static final int CHECKSUM = 22;
    private static final int POLYNOMIAL = 0x04C11DB7;

    static void repair(byte[] file) {
      int start = 0;
      while (start + HEADER <= file.length && file[start] == 'O' && file[start + 1] == 'g') {
        int segments = file[start + HEADER - 1] & 0xFF;
        int end = start + HEADER + segments;
        for (int i = start + HEADER; i < Math.min(start + HEADER + segments, file.length); i++) {
          end += file[i] & 0xFF;
        }
        if (end > file.length) {
          return;
        }
        ByteBuffer.wrap(file).putInt(start + CHECKSUM, 0);
        int checksum = Integer.reverseBytes(checksum(file, start, end));
        ByteBuffer.wrap(file).putInt(start + CHECKSUM, checksum);
        start = end;
      }
    }

    private static int checksum(byte[] file, int from, int to) {
      int crc = 0;
      for (int i = from; i < to; i++) {
        crc ^= file[i] << 24;
        for (int bit = 0; bit < 8; bit++) {
          crc = (crc << 1) ^ (crc < 0 ? POLYNOMIAL : 0);
        }
      }
      return crc;
    }
  }

  /** Frames of FLAC: a header with a checksum of 8 bits, and one of 16 at the end. */
  private static final class FlacFrames {
    static void repair(byte[] file) {
      if (file.length < 42 || file[0] != 'f' || file[1] != 'L') {
        return;
      }
      int start = indexOf(file, 0xFF, 0xFE, 0xF8, 42);
      while (start + 16 < file.length) {
        int next = indexOf(file, 0xFF, 0xFE, 0xF8, start + 16);
        int size = (file[start + 2] & 0xF0) >> 4;
        int rate = file[start + 2] & 0x0F;
        int number = Math.max(1, Integer.numberOfLeadingZeros(~(file[start + 4] << 24)));
        int end = start + 4 + number + (size == 6 ? 1 : size == 7 ? 2 : 0);
        end += rate == 12 ? 1 : rate > 12 ? 2 : 0;
        if (end < next - 2) {
          FlacChecksums.write(file, start, end, next);
        }
        start = next;
      }
    }
  }
}
