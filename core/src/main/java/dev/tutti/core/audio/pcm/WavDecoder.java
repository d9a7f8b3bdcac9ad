package dev.tutti.core.audio.pcm;

import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.container.ForeignFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Opens RIFF WAVE files of integer PCM of 1 to 32 bits, float, mu-law and A-law, plain or
 * extensible; their big-endian form RIFX; and their 64-bit forms RF64 and BW64 (EBU Tech 3306),
 * whose chunk "ds64" has the sizes that do not fit into 32 bits.
 *
 * <p>Where the samples end: at the size that the data chunk gives, where the file has so much. Two
 * kinds of sizes are what a writer leaves that could not seek back, and mean "to the end of the
 * file": 0, unless whole chunks follow, and those from 0x7FFF0000 on that reach past the end of the
 * file; of "ds64", 0 and -1. Any other size that exceeds the file is an error, as the file was cut.
 * So is a second data chunk, or a second format, as a part would pass for the whole.
 */
public final class WavDecoder {
  private static final int FORMAT_SIZE = 16;
  private static final int EXTENSIBLE_SIZE = 40;
  private static final int SUBFORMAT_OFFSET = 24;
  private static final long IN_DS64 = 0xFFFFFFFFL;
  private static final long LEAST_UNKNOWN_SIZE = 0x7FFF0000L;

  /** The sizes of the file and of its data, which come first in the chunk "ds64". */
  private static final int LARGE_SIZES = 16;

  private static final int TAG_PCM = 1;
  private static final int TAG_FLOAT = 3;
  private static final int TAG_A_LAW = 6;
  private static final int TAG_MU_LAW = 7;
  private static final int TAG_EXTENSIBLE = 0xFFFE;

  private static final Map<Integer, String> OTHERS =
      Map.ofEntries(
          Map.entry(2, "Microsoft ADPCM"),
          Map.entry(0x11, "IMA ADPCM"),
          Map.entry(0x20, "Yamaha ADPCM"),
          Map.entry(0x31, "GSM 6.10"),
          Map.entry(0x40, "G.721 ADPCM"),
          Map.entry(0x45, "G.726 ADPCM"),
          Map.entry(0x50, "MPEG layer I or II"),
          Map.entry(0x55, "MP3"),
          Map.entry(0xFF, "AAC"),
          Map.entry(0x161, "WMA"),
          Map.entry(0x162, "WMA"),
          Map.entry(0x2000, "AC-3"),
          Map.entry(0x674F, "Ogg Vorbis"),
          Map.entry(0xF1AC, "FLAC"));

  private final ByteBuffer file;

  private WavDecoder(ByteBuffer file) {
    this.file = file;
  }

  /** Whether a file starts as WAV does, or as what only looks like it. */
  public static boolean accepts(ByteBuffer file) {
    return switch (Chunks.id(file, 0)) {
      case "RIFF", "RIFX", "RF64", "BW64" -> true;
      default -> false;
    };
  }

  /** Opens a file that {@link #accepts} names. */
  public static AudioReader open(ByteBuffer file) {
    boolean big = Chunks.id(file, 0).equals("RIFX");
    ByteBuffer bytes = file.duplicate().order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    return new WavDecoder(bytes).open();
  }

  private AudioReader open() {
    if (!Chunks.id(file, 8).equals("WAVE")) {
      throw new InvalidAudioException("the RIFF file is no WAVE file");
    }
    Format format = null;
    Chunks.Chunk data = null;
    long largeSize = -1;
    Chunks chunks = new Chunks(file, Chunks.FILE_HEADER);
    while (chunks.hasNext() && (data == null || data.size() > 0)) {
      Chunks.Chunk chunk = chunks.next();
      switch (chunk.id()) {
        case "fmt " -> format = onlyOne(format, format(chunk), chunk);
        case "data" -> data = onlyOne(data, behind(format, chunk), chunk);
        case "ds64" -> {
          if (chunk.size() >= LARGE_SIZES && chunk.start() + LARGE_SIZES <= file.limit()) {
            largeSize = file.getLong(chunk.start() + Long.BYTES);
          }
        }
        default -> {}
      }
    }
    if (data == null) {
      throw new InvalidAudioException(
          "the WAV file ends at byte %d without a data chunk".formatted(file.limit()));
    }
    return samples(format, data, largeSize);
  }

  /** What a chunk says, where none before it says something else. */
  private static <T> T onlyOne(T before, T found, Chunks.Chunk chunk) {
    if (before != null && !before.equals(found)) {
      throw Chunks.another("WAV", chunk);
    }
    return found;
  }

  private static Chunks.Chunk behind(Format format, Chunks.Chunk data) {
    if (format == null) {
      throw new InvalidAudioException(
          "the WAV file's data chunk at byte %d comes before its format chunk"
              .formatted(data.offset()));
    }
    return data;
  }

  private Format format(Chunks.Chunk chunk) {
    if (chunk.size() < FORMAT_SIZE || chunk.end() > file.limit()) {
      throw new InvalidAudioException(
          "the WAV format chunk at byte %d has %d bytes; at least %d are needed within the file"
              .formatted(chunk.offset(), chunk.size(), FORMAT_SIZE));
    }
    int start = chunk.start();
    int tag = file.getShort(start) & 0xFFFF;
    if (tag == TAG_EXTENSIBLE && chunk.size() >= EXTENSIBLE_SIZE) {
      // The first four bytes of the identifier, of which two are the tag, in the file's byte order.
      tag = file.getInt(start + SUBFORMAT_OFFSET) & 0xFFFF;
    }
    int channels = file.getShort(start + 2) & 0xFFFF;
    int frameBytes = file.getShort(start + 12) & 0xFFFF;
    int bits = file.getShort(start + 14) & 0xFFFF;
    AudioReader.checkChannels(channels);
    PcmEncoding encoding = encoding(tag, bits);
    if (frameBytes != 0 && frameBytes != encoding.bytes() * channels) {
      throw new InvalidAudioException(
          "the WAV file has frames of %d bytes, where %d channels of %d bits take %d"
              .formatted(frameBytes, channels, bits, encoding.bytes() * channels));
    }
    return new Format(encoding, channels, file.getInt(start + 4));
  }

  private static PcmEncoding encoding(int tag, int bits) {
    if (tag == TAG_PCM && bits >= 1 && bits <= 32) {
      return bits <= 8 ? PcmEncoding.UINT8 : PcmEncoding.signed((bits + 7) / 8);
    }
    return switch (tag << 16 | bits) {
      case TAG_FLOAT << 16 | 32 -> PcmEncoding.FLOAT32;
      case TAG_FLOAT << 16 | 64 -> PcmEncoding.FLOAT64;
      case TAG_A_LAW << 16 | 8 -> PcmEncoding.A_LAW;
      case TAG_MU_LAW << 16 | 8 -> PcmEncoding.MU_LAW;
      default ->
          throw new InvalidAudioException(
              "WAV format tag %d (%s) with %d bits is not accepted; accepted are PCM (tag 1) of 1 to"
                      .formatted(tag, OTHERS.getOrDefault(tag, "of another kind"), bits)
                  + " 32 bits, float (tag 3) of 32 or 64, A-law (tag 6) and mu-law (tag 7) of 8. "
                  + ForeignFormat.CONVERSION);
    };
  }

  private AudioReader samples(Format format, Chunks.Chunk data, long largeSize) {
    int present = file.limit() - data.start();
    boolean large = data.size() == IN_DS64 && largeSize != 0 && largeSize != -1;
    long size = large ? largeSize : data.size();
    boolean unknown =
        !large && (size == 0 ? !Chunks.fill(file, data.start()) : size >= LEAST_UNKNOWN_SIZE);
    if (!unknown && (size < 0 || size > present)) {
      throw new InvalidAudioException(
          "the WAV file is cut: its data chunk at byte %d claims %s bytes, %d are there"
              .formatted(data.offset(), Long.toUnsignedString(size), present));
    }
    ByteBuffer frames = file.duplicate().order(file.order());
    frames.position(data.start()).limit(data.start() + (unknown ? present : (int) size));
    return new PcmReader(frames, format.encoding, format.channels, format.sampleRate);
  }

  private record Format(PcmEncoding encoding, int channels, int sampleRate) {}
}
