package dev.tutti.core.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Decodes RIFF WAVE files of integer or float PCM, plain or extensible, and their 64-bit forms RF64
 * and BW64 (EBU Tech 3306), whose chunk "ds64" has the sizes that do not fit into 32 bits.
 *
 * <p>The size in the RIFF header is ignored, as writers often leave it wrong. A data size of
 * 0xFFFFFFFF, which is what a writer leaves that could not seek back, means "to the end of the
 * file"; any other size that exceeds the file is an error, as the file was cut.
 */
final class WavDecoder {
  private static final int RIFF_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FORMAT_SIZE = 16;
  private static final int EXTENSIBLE_SIZE = 40;
  private static final int SUBFORMAT_OFFSET = 24;
  private static final long UNKNOWN_SIZE = 0xFFFFFFFFL;

  /** The sizes of the file and of its data, which come first in the chunk "ds64". */
  private static final int LARGE_SIZES = 16;

  private static final int TAG_PCM = 1;
  private static final int TAG_FLOAT = 3;
  private static final int TAG_EXTENSIBLE = 0xFFFE;

  private final ByteBuffer file;

  private WavDecoder(byte[] file) {
    this.file = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
  }

  static AudioClip decode(byte[] file) {
    return new WavDecoder(file).decode();
  }

  private AudioClip decode() {
    if (file.limit() < RIFF_HEADER || !id(8).equals("WAVE")) {
      throw new InvalidAudioException("the RIFF file is no WAVE file");
    }
    Format format = null;
    long dataSize = UNKNOWN_SIZE;
    long offset = RIFF_HEADER;
    while (offset + CHUNK_HEADER <= file.limit()) {
      String id = id((int) offset);
      long size = Integer.toUnsignedLong(file.getInt((int) offset + 4));
      int start = (int) offset + CHUNK_HEADER;
      if (id.equals("data")) {
        return samples(format, start, size == UNKNOWN_SIZE ? dataSize : size);
      }
      if (id.equals("ds64") && size >= LARGE_SIZES && start + LARGE_SIZES <= file.limit()) {
        dataSize = file.getLong(start + Long.BYTES);
      }
      if (id.equals("fmt ")) {
        format = format(start, size);
      }
      // Chunks start at even offsets: an odd size is followed by one byte of padding.
      offset = start + size + (size & 1);
    }
    throw new InvalidAudioException(
        "the WAV file ends at byte %d without a data chunk".formatted(file.limit()));
  }

  private Format format(int start, long size) {
    if (size < FORMAT_SIZE || start + size > file.limit()) {
      throw new InvalidAudioException(
          "the WAV format chunk at byte %d has %d bytes; at least %d are needed within the file"
              .formatted(start - CHUNK_HEADER, size, FORMAT_SIZE));
    }
    int tag = file.getShort(start) & 0xFFFF;
    if (tag == TAG_EXTENSIBLE && size >= EXTENSIBLE_SIZE) {
      tag = file.getShort(start + SUBFORMAT_OFFSET) & 0xFFFF;
    }
    int channels = file.getShort(start + 2) & 0xFFFF;
    int sampleRate = file.getInt(start + 4);
    int bits = file.getShort(start + 14) & 0xFFFF;
    PcmDecoder.checkChannels(channels);
    AudioClip.checkSampleRate(sampleRate);
    return new Format(encoding(tag, bits), channels, sampleRate);
  }

  private static PcmEncoding encoding(int tag, int bits) {
    return switch (tag << 16 | bits) {
      case TAG_PCM << 16 | 8 -> PcmEncoding.UINT8;
      case TAG_PCM << 16 | 16 -> PcmEncoding.INT16;
      case TAG_PCM << 16 | 24 -> PcmEncoding.INT24;
      case TAG_PCM << 16 | 32 -> PcmEncoding.INT32;
      case TAG_FLOAT << 16 | 32 -> PcmEncoding.FLOAT32;
      case TAG_FLOAT << 16 | 64 -> PcmEncoding.FLOAT64;
      default ->
          throw new InvalidAudioException(
              "WAV format tag %d with %d bits is not accepted; accepted are PCM (tag 1) of 8, 16, 24"
                      .formatted(tag, bits)
                  + " or 32 bits and float (tag 3) of 32 or 64 bits");
    };
  }

  private AudioClip samples(Format format, int start, long size) {
    if (format == null) {
      throw new InvalidAudioException(
          "the WAV file's data chunk at byte %d comes before its format chunk"
              .formatted(start - CHUNK_HEADER));
    }
    int present = file.limit() - start;
    if (size < 0 || (size > present && size != UNKNOWN_SIZE)) {
      throw new InvalidAudioException(
          "the WAV file is cut: its data chunk at byte %d claims %s bytes, %d are there"
              .formatted(start - CHUNK_HEADER, Long.toUnsignedString(size), present));
    }
    ByteBuffer frames = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    frames.position(start).limit(start + (int) Math.min(size, present));
    return AudioClip.of(format.encoding.mixDown(frames, format.channels), format.sampleRate);
  }

  private String id(int offset) {
    return new String(file.array(), offset, 4, StandardCharsets.ISO_8859_1);
  }

  private record Format(PcmEncoding encoding, int channels, int sampleRate) {}
}
