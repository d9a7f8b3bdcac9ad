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
 * reached, anything but more frames.
 */
public final class FlacDecoder extends FrameReader {
  /** "fLaC". */
  private static final int MAGIC = 0x664C6143;

  private static final int STREAM_INFO_START = 8;
  private static final int STREAM_INFO_SIZE = 34;

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

  /** The byte after the last metadata block; of these, the first alone describes the stream. */
  private static int firstFrame(ByteBuffer file) {
    int next = 4;
    boolean last = false;
    while (!last) {
      FlacBits header = new FlacBits(file, next);
      last = header.unsigned(1) == 1;
      header.check(header.unsigned(7) > 0 || next == 4, "has a second STREAMINFO block");
      next = Math.min(next + 4 + (int) header.unsigned(24), file.limit());
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
      bits.check(length >= totalSamples, "is cut: its header claims " + totalSamples + " samples");
      return false;
    }
    FlacFrameHeader header = decodeFrame();
    append(header.assignment(), header.blockSize());
    return true;
  }

  private boolean atEnd() {
    if (bits.atEnd() || FlacFrameHeader.isStart(bits.peek())) {
      return bits.atEnd();
    }
    boolean complete = totalSamples != 0 && length >= totalSamples;
    bits.check(!complete || !audioFollows(), "is joined of several, or counts too little");
    return complete || AudioTags.only(file, bits.bytePosition());
  }

  /**
   * Whether another file of FLAC or the header of such a frame, checksum and all, stands anywhere
   * behind the last frame.
   */
  private boolean audioFollows() {
    int end = bits.bytePosition();
    boolean found = false;
    for (int at = end; !found && at + 1 < file.limit(); at++) {
      bits.position(at);
      found = isStream(at) || (FlacFrameHeader.isStart(bits.peek()) && isHeader());
    }
    bits.position(end);
    return found;
  }

  private boolean isStream(int at) {
    return at + STREAM_INFO_START <= file.limit()
        && file.getInt(at) == MAGIC
        && (file.getInt(at + 4) & 0x7FFFFFFF) == STREAM_INFO_SIZE;
  }

  private boolean isHeader() {
    try {
      return isLikeStream(FlacFrameHeader.read(bits));
    } catch (InvalidAudioException e) {
      return false;
    }
  }

  private boolean isLikeStream(FlacFrameHeader header) {
    return header.channels() == channels
        && (header.depth() == 0 || header.depth() == depth)
        && (header.sampleRate() == 0 || header.sampleRate() == sampleRate);
  }

  /** Decodes a frame into the block, the stereo forms as they are. */
  private FlacFrameHeader decodeFrame() {
    int start = bits.bytePosition();
    FlacFrameHeader header = FlacFrameHeader.read(bits);
    bits.check(
        header.blockSize() > 0 && header.blockSize() <= maxBlockSize,
        "has a block longer than it claims");
    bits.check(isLikeStream(header), "changes its sample rate, channels or bits a sample");
    for (int c = 0; c < channels; c++) {
      int width = header.isSide(c) ? depth + 1 : depth;
      FlacSubframe.decode(bits, width, block[c], header.blockSize());
    }
    bits.skipToByte();
    int crc = bits.crc16Since(start);
    bits.check(bits.unsigned(16) == crc, "has a frame with a wrong checksum");
    return header;
  }

  private void append(int assignment, int count) {
    double fullScale = Math.scalb(1.0, depth - 1);
    for (int i = 0; i < count; i++) {
      undoStereo(assignment, i);
      double sum = 0;
      for (long[] channel : block) {
        long sample = channel[i];
        bits.check(sample >= -fullScale && sample < fullScale, "has a sample that is too large");
        sum += sample;
      }
      add(sum / fullScale / channels);
    }
    length += count;
  }

  /** Makes left and right of the channels of sample i. */
  private void undoStereo(int assignment, int i) {
    if (assignment < FlacFrameHeader.LEFT_SIDE) {
      return;
    }
    long first = block[0][i];
    long second = block[1][i];
    switch (assignment) {
      case FlacFrameHeader.LEFT_SIDE -> block[1][i] = first - second;
      case FlacFrameHeader.SIDE_RIGHT -> block[0][i] = first + second;
      default -> {
        // left + right = 2 mid, whose lowest bit was dropped and is that of the side.
        long sum = 2 * first | (second & 1);
        block[0][i] = (sum + second) >> 1;
        block[1][i] = (sum - second) >> 1;
      }
    }
  }
}
