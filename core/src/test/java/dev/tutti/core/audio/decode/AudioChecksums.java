package dev.tutti.core.audio.decode;

import dev.tutti.core.audio.flac.FlacChecksums;
import dev.tutti.core.audio.pcm.Chunks;
import java.nio.ByteBuffer;

/** Makes the checksums of Ogg pages and FLAC frames right where they are not. */
final class AudioChecksums {
  private static final int FLAC_HEADERS = 42;

  private AudioChecksums() {}

  static void repair(byte[] file) {
    if (file.length > FLAC_HEADERS) {
      switch (Chunks.id(ByteBuffer.wrap(file), 0)) {
        case "OggS" -> OggPages.repair(file);
        case "fLaC" -> FlacFrames.repair(file);
        default -> {}
      }
    }
  }

  /** Pages of Ogg: 27 bytes of header, a table of sizes, and what they add up to. */
  static final class OggPages {
    private static final int HEADER = 27;
    private static final int CHECKSUM = 22;
    private static final int POLYNOMIAL = 0x04C11DB7;

    static void repair(byte[] file) {
      int end = end(file, 0);
      for (int start = 0; end <= file.length; start = end, end = end(file, start)) {
        ByteBuffer.wrap(file).putInt(start + CHECKSUM, 0);
        int checksum = Integer.reverseBytes(checksum(file, start, end));
        ByteBuffer.wrap(file).putInt(start + CHECKSUM, checksum);
      }
    }

    /** Behind the page at a place; beyond the file where none is whole. */
    static int end(byte[] file, int start) {
      if (start + HEADER > file.length || file[start] != 'O' || file[start + 1] != 'g') {
        return Integer.MAX_VALUE;
      }
      int segments = file[start + HEADER - 1] & 0xFF;
      int end = start + HEADER + segments;
      for (int i = start + HEADER; i < Math.min(start + HEADER + segments, file.length); i++) {
        end += file[i] & 0xFF;
      }
      return end;
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
      int start = AudioPieces.flacFrame(file, FLAC_HEADERS);
      while (start + 16 < file.length) {
        int next = AudioPieces.flacFrame(file, start + 16);
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
