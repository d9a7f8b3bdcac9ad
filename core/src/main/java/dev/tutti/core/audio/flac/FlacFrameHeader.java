package dev.tutti.core.audio.flac;

/**
 * What stands in front of a FLAC frame (RFC 9639, 9.1).
 *
 * @param blockSize samples a channel; 0 is reserved
 * @param sampleRate in Hz; 0 for that of the stream, -1 reserved
 * @param assignment of channels: how many less one, or one of the stereo forms, from 8 on
 * @param depth bits a sample; 0 for that of the stream, -1 reserved
 */
record FlacFrameHeader(int blockSize, int sampleRate, int assignment, int depth) {
  static final int LEFT_SIDE = 8;
  static final int SIDE_RIGHT = 9;
  static final int MID_SIDE = 10;

  private static final int SYNC = 0x3FFE;
  private static final int[] DEPTHS = {0, 8, 12, -1, 16, 20, 24, 32};
  private static final int[] RATES = {
    0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000
  };

  /** Whether a frame may begin with these 16 bits. */
  static boolean isStart(int bits) {
    return bits >>> 2 == SYNC;
  }

  /**
   * Reads the header that begins with the next byte.
   *
   * @throws InvalidAudioException where there is none, or its checksum is wrong
   */
  static FlacFrameHeader read(FlacBits bits) {
    int start = bits.bytePosition();
    bits.check(bits.unsigned(14) == SYNC, "has no frame where one must start");
    bits.unsigned(2);
    int sizeCode = (int) bits.unsigned(4);
    int rateCode = (int) bits.unsigned(4);
    int assignment = (int) bits.unsigned(4);
    int depth = DEPTHS[(int) bits.unsigned(3)];
    bits.unsigned(1);
    skipNumber(bits);
    int blockSize = blockSize(bits, sizeCode);
    int sampleRate = sampleRate(bits, rateCode);
    int crc = bits.crc8Since(start);
    bits.check(bits.unsigned(8) == crc, "has a frame header with a wrong checksum");
    return new FlacFrameHeader(blockSize, sampleRate, assignment, depth);
  }

  int channels() {
    return assignment < LEFT_SIDE ? assignment + 1 : assignment <= MID_SIDE ? 2 : 0;
  }

  /** Whether a channel holds the difference of the two, which takes one bit more. */
  boolean isSide(int channel) {
    return assignment >= LEFT_SIDE && channel == (assignment == SIDE_RIGHT ? 0 : 1);
  }

  /** Skips the number of the frame or sample, coded as UTF-8 codes characters. */
  private static void skipNumber(FlacBits bits) {
    int first = (int) bits.unsigned(8);
    int leadingOnes = Integer.numberOfLeadingZeros(~(first << (Integer.SIZE - Byte.SIZE)));
    for (int i = 1; i < leadingOnes; i++) {
      bits.unsigned(8);
    }
  }

  private static int blockSize(FlacBits bits, int code) {
    return switch (code) {
      case 0 -> 0;
      case 1 -> 192;
      case 2, 3, 4, 5 -> 576 << (code - 2);
      case 6 -> (int) bits.unsigned(8) + 1;
      case 7 -> (int) bits.unsigned(16) + 1;
      default -> 256 << (code - 8);
    };
  }

  private static int sampleRate(FlacBits bits, int code) {
    return switch (code) {
      case 12 -> (int) bits.unsigned(8) * 1_000;
      case 13 -> (int) bits.unsigned(16);
      case 14 -> (int) bits.unsigned(16) * 10;
      case 15 -> -1;
      default -> RATES[code];
    };
  }
}
