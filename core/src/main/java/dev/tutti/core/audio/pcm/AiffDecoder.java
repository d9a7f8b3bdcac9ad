package dev.tutti.core.audio.pcm;

import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.container.ForeignFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Opens AIFF and AIFF-C files: integers of 1 to 32 bits in either byte order, float, A-law and
 * mu-law. The chunks COMM and SSND may come in any order; SSND's offset is passed over.
 *
 * <p>Where the samples end: with SSND, or, where SSND is filled up to whole blocks, behind as many
 * as COMM counts. A writer that could not seek back leaves a size of 0 or from 0x7F000000 on in
 * SSND, which then goes to the end of the file, and a count that is too large, which is ignored.
 * Any other count that exceeds what SSND holds is an error, as the file was cut.
 */
public final class AiffDecoder {
  private static final int COMMON_SIZE = 18;
  private static final int COMPRESSION_OFFSET = 18;
  private static final int SOUND_HEADER = 8;
  private static final long LEAST_UNKNOWN_SIZE = 0x7F000000L;
  private static final int EXPONENT_BIAS = 16_383;

  private final ByteBuffer file;

  private AiffDecoder(ByteBuffer file) {
    this.file = file;
  }

  /** Opens a file that starts with "FORM". */
  public static AudioReader open(ByteBuffer file) {
    return new AiffDecoder(file.duplicate().order(ByteOrder.BIG_ENDIAN)).open();
  }

  private AudioReader open() {
    String kind = Chunks.id(file, 8);
    if (!kind.equals("AIFF") && !kind.equals("AIFC")) {
      throw new InvalidAudioException("the IFF file is no AIFF or AIFF-C file");
    }
    Format format = null;
    Chunks.Chunk sound = null;
    for (Chunks chunks = new Chunks(file, Chunks.FILE_HEADER); chunks.hasNext(); ) {
      Chunks.Chunk chunk = chunks.next();
      boolean again = chunk.id().equals("COMM") ? format != null : sound != null;
      if (again && (chunk.id().equals("COMM") || chunk.id().equals("SSND"))) {
        throw Chunks.another("AIFF", chunk);
      }
      if (chunk.id().equals("COMM")) {
        format = format(chunk, kind.equals("AIFC"));
      } else if (chunk.id().equals("SSND")) {
        sound = chunk;
      }
      if (sound != null && sound.size() == 0 && format != null) {
        break;
      }
    }
    if (format == null || sound == null || sound.start() + SOUND_HEADER > file.limit()) {
      throw new InvalidAudioException(
          "the AIFF file ends at byte %d without a whole %s chunk"
              .formatted(file.limit(), format == null ? "COMM" : "SSND"));
    }
    return samples(format, sound);
  }

  private Format format(Chunks.Chunk chunk, boolean compressed) {
    int needed = COMMON_SIZE + (compressed ? 4 : 0);
    if (chunk.size() < needed || chunk.end() > file.limit()) {
      throw new InvalidAudioException(
          "the AIFF file's COMM chunk at byte %d has %d bytes; at least %d are needed within the file"
              .formatted(chunk.offset(), chunk.size(), needed));
    }
    int start = chunk.start();
    int bits = file.getShort(start + 6);
    String type = compressed ? Chunks.id(file, start + COMPRESSION_OFFSET) : "NONE";
    return new Format(
        encoding(type, bits),
        type.equals("sowt") || type.endsWith("ni") ? ByteOrder.LITTLE_ENDIAN : file.order(),
        file.getShort(start),
        Integer.toUnsignedLong(file.getInt(start + 2)),
        sampleRate(start + 8));
  }

  /** The rate in Hz, an extended float of 80 bits: sign and exponent, then 64 bits of mantissa. */
  private int sampleRate(int offset) {
    int exponent = file.getShort(offset) - EXPONENT_BIAS;
    double mantissa = (file.getLong(offset + 2) >>> 1) * 0x1p-62;
    return (int) Math.round(Math.scalb(mantissa, Math.min(exponent, Integer.SIZE)));
  }

  private static PcmEncoding encoding(String type, int bits) {
    PcmEncoding encoding =
        switch (type) {
          case "NONE", "none", "twos", "sowt" ->
              bits >= 1 && bits <= 32 ? PcmEncoding.signed((bits + 7) / 8) : null;
          case "raw " -> bits >= 1 && bits <= 8 ? PcmEncoding.UINT8 : null;
          case "in16" -> PcmEncoding.INT16;
          case "in24", "42ni" -> PcmEncoding.INT24;
          case "in32", "23ni" -> PcmEncoding.INT32;
          case "fl32", "FL32" -> PcmEncoding.FLOAT32;
          case "fl64", "FL64" -> PcmEncoding.FLOAT64;
          case "alaw", "ALAW" -> PcmEncoding.A_LAW;
          case "ulaw", "ULAW" -> PcmEncoding.MU_LAW;
          default -> null;
        };
    if (encoding == null) {
      throw new InvalidAudioException(
          "AIFF-C of compression type \"%s\" with %d bits is not accepted; accepted are NONE, twos and"
                  .formatted(ForeignFormat.printable(type), bits)
              + " sowt of 1 to 32 bits, raw of 8, in16, in24, in32, 42ni, 23ni, fl32, fl64, alaw and"
              + " ulaw. "
              + ForeignFormat.CONVERSION);
    }
    return encoding;
  }

  private AudioReader samples(Format format, Chunks.Chunk sound) {
    AudioReader.checkChannels(format.channels);
    long start = sound.start() + SOUND_HEADER + Integer.toUnsignedLong(file.getInt(sound.start()));
    boolean unknown = sound.size() == 0 || sound.size() >= LEAST_UNKNOWN_SIZE;
    long present =
        Math.max(0, (unknown ? file.limit() : Math.min(sound.end(), file.limit())) - start);
    long counted = format.frames * format.channels * format.encoding.bytes();
    boolean blocks = file.getInt(sound.start() + Integer.BYTES) != 0;
    boolean all = counted > present ? unknown : counted == 0 || !blocks;
    long wanted = all ? present : counted;
    if (wanted > present) {
      throw new InvalidAudioException(
          "the AIFF file is cut: its COMM chunk claims %d bytes of samples, %d are there"
              .formatted(wanted, present));
    }
    ByteBuffer frames = file.duplicate().order(format.order);
    int first = (int) Math.min(start, file.limit());
    frames.position(first).limit(first + (int) wanted);
    return new PcmReader(frames, format.encoding, format.channels, format.sampleRate);
  }

  private record Format(
      PcmEncoding encoding, ByteOrder order, int channels, long frames, int sampleRate) {}
}
