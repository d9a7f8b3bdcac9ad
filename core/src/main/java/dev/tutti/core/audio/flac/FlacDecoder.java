package dev.tutti.core.audio.flac;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.FrameReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.container.AudioTags;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Decodes FLAC files (RFC 9639) of 1 to 8 channels and 4 to 32 bits. Every frame's checksums are
 * verified, so a damaged file is an error and never silently other audio. Memory is that of a
 * frame.
 *
 * <p>The audio ends with the last frame. The header's number of samples may be 0, which means
 * unknown, or too small, as a writer that could not seek back leaves it; one that is too large says
 * that the file was cut. Behind the last frame tags may stand, and, where the header's number is
 * reached, anything.
 */
public final class FlacDecoder extends FrameReader {
  private static final int STREAM_INFO_START = 8;
  private static final int STREAM_INFO_SIZE = 34;
  private static final int SYNC = 0x3FFE;

  private static final int LEFT_SIDE = 8;
  private static final int SIDE_RIGHT = 9;
  private static final int MID_SIDE = 10;

  /** Bits a sample by the frame header's code; 0 as in the stream's header, -1 reserved. */
  private static final int[] DEPTHS = {0, 8, 12, -1, 16, 20, 24, 32};

  private final ByteBuffer file;
  private final FlacBits bits;
  private final int maxBlockSize;
  private final int sampleRate;
  private final int channels;
  private final int depth;
  private final long totalSamples;
  private final long[][] block;

  private long length;

  /** Opens a file that starts with "fLaC". */
  public FlacDecoder(ByteBuffer file) {
    this.file = file;
    if (file.limit() < STREAM_INFO_START + STREAM_INFO_SIZE || (file.get(4) & 0x7F) != 0) {
      throw new InvalidAudioException("the FLAC file does not start with a STREAMINFO block");
    }
    FlacBits info = new FlacBits(file, STREAM_INFO_START + Short.BYTES);
    maxBlockSize = (int) info.unsigned(16);
    info.unsigned(48);
    sampleRate = (int) info.unsigned(20);
    channels = (int) info.unsigned(3) + 1;
    depth = (int) info.unsigned(5) + 1;
    totalSamples = info.unsigned(36);
    AudioClip.checkSampleRate(sampleRate);
    block = new long[channels][maxBlockSize];
    bits = new FlacBits(file, firstFrame(file));
  }

  /** The byte after the last metadata block. */
  private static int firstFrame(ByteBuffer file) {
    FlacBits header = new FlacBits(file, 4);
    int next = 4;
    boolean last = false;
    while (!last) {
      last = header.unsigned(1) == 1;
      header.unsigned(7);
      next = Math.min(next + 4 + (int) header.unsigned(24), file.limit());
      header = new FlacBits(file, next);
    }
    return next;
  }

  @Override
  public int sampleRate() {
    return sampleRate;
  }

  @Override
  public OptionalLong length() {
    return totalSamples == 0 ? OptionalLong.empty() : OptionalLong.of(totalSamples);
  }

  @Override
  protected boolean readFrame() {
    if (atEnd()) {
      check(length >= totalSamples, "is cut: its header claims " + totalSamples + " samples");
      return false;
    }
    decodeFrame();
    return true;
  }

  private boolean atEnd() {
    if (bits.atEnd() || bits.peek() >>> 2 == SYNC) {
      return bits.atEnd();
    }
    boolean complete = totalSamples != 0 && length >= totalSamples;
    return complete || AudioTags.only(file, bits.bytePosition());
  }

  private void decodeFrame() {
    int start = bits.bytePosition();
    check(bits.unsigned(14) == SYNC, "has no frame where one must start");
    bits.unsigned(2);
    int sizeCode = (int) bits.unsigned(4);
    int rateCode = (int) bits.unsigned(4);
    int assignment = (int) bits.unsigned(4);
    int depthCode = DEPTHS[(int) bits.unsigned(3)];
    bits.unsigned(1);
    skipFrameNumber();
    int blockSize = blockSize(sizeCode);
    bits.unsigned(rateCode == 12 ? 8 : rateCode > 12 ? 16 : 0);
    int crc = bits.crc8Since(start);
    check(bits.unsigned(8) == crc, "has a frame header with a wrong checksum");
    check(blockSize > 0 && blockSize <= maxBlockSize, "has a block longer than it claims");
    check(
        (assignment < LEFT_SIDE ? assignment + 1 : 2) == channels
            && assignment <= MID_SIDE
            && (depthCode == 0 || depthCode == depth),
        "changes its channels or bits a sample");
    for (int c = 0; c < channels; c++) {
      boolean side = c == (assignment == SIDE_RIGHT ? 0 : 1) && assignment >= LEFT_SIDE;
      FlacSubframe.decode(bits, side ? depth + 1 : depth, block[c], blockSize);
    }
    bits.skipToByte();
    crc = bits.crc16Since(start);
    check(bits.unsigned(16) == crc, "has a frame with a wrong checksum");
    append(assignment, blockSize);
  }

  /** Skips the number of the frame or sample, coded as UTF-8 codes characters. */
  private void skipFrameNumber() {
    int first = (int) bits.unsigned(8);
    int leadingOnes = Integer.numberOfLeadingZeros(~(first << (Integer.SIZE - Byte.SIZE)));
    for (int i = 1; i < leadingOnes; i++) {
      bits.unsigned(8);
    }
  }

  private int blockSize(int code) {
    return switch (code) {
      case 0 -> 0;
      case 1 -> 192;
      case 2, 3, 4, 5 -> 576 << (code - 2);
      case 6 -> (int) bits.unsigned(8) + 1;
      case 7 -> (int) bits.unsigned(16) + 1;
      default -> 256 << (code - 8);
    };
  }

  private void append(int assignment, int count) {
    double fullScale = Math.scalb(1.0, depth - 1);
    for (int i = 0; i < count; i++) {
      add(sum(assignment, i) / fullScale / channels);
    }
    length += count;
  }

  /** The sum of the channels of sample i, the stereo forms undone. */
  private double sum(int assignment, int i) {
    return switch (assignment) {
      case LEFT_SIDE -> 2.0 * block[0][i] - block[1][i];
      case SIDE_RIGHT -> 2.0 * block[1][i] + block[0][i];
      // left + right = 2 mid, whose lowest bit was dropped and is that of the side.
      case MID_SIDE -> 2.0 * block[0][i] + (block[1][i] & 1);
      default -> {
        double sum = 0;
        for (long[] channel : block) {
          sum += channel[i];
        }
        yield sum;
      }
    };
  }

  private void check(boolean right, String otherwise) {
    if (!right) {
      throw new InvalidAudioException(
          "the FLAC file %s, at byte %d".formatted(otherwise, bits.bytePosition()));
    }
  }
}
