package dev.tutti.core.audio.decode;

import dev.tutti.core.audio.pcm.Chunks;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Makes files that are nearly audio: the pieces of good files (see {@link AudioPieces}) removed,
 * repeated, moved, cut and mixed with those of others, their fields, sizes and sample formats
 * changed, bytes changed anywhere, tags put around and between; and, most of the time, the
 * checksums of Ogg pages and FLAC frames made right again, so that the change reaches what stands
 * behind them. The same seed makes the same file.
 */
final class AudioMutator {
  private static final int HEADERS = 160;
  private static final int FIELDS = 48;
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
    boolean repaired = random.nextInt(4) > 0;
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      file = random.nextBoolean() ? rearranged(file) : changed(file);
      if (repaired) {
        AudioChecksums.repair(file);
      }
    }
    return file;
  }

  private byte[] any() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  /** Changes what the format is made of. */
  private byte[] rearranged(byte[] file) {
    List<byte[]> pieces = new ArrayList<>(AudioPieces.of(file));
    int at = random.nextInt(pieces.size());
    byte[] piece = pieces.get(at);
    switch (random.nextInt(8)) {
      case 0 -> pieces.remove(at);
      case 1 -> pieces.add(at, piece);
      case 2 -> Collections.swap(pieces, at, random.nextInt(pieces.size()));
      case 3 -> pieces.set(at, Arrays.copyOf(piece, random.nextInt(piece.length + 1)));
      case 4 -> {
        List<byte[]> others = AudioPieces.of(any());
        pieces.add(at + random.nextInt(2), others.get(random.nextInt(others.size())));
      }
      case 5 -> pieces.add(at + random.nextInt(2), tag());
      case 6 -> SampleFormats.change(pieces, random);
      default -> pieces.set(at, withField(piece.clone()));
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    pieces.forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  private byte[] withField(byte[] piece) {
    int at = random.nextInt(Math.min(FIELDS, piece.length) + 1);
    if (at + 4 <= piece.length && random.nextBoolean()) {
      number(piece, at & ~1);
    } else if (at < piece.length) {
      piece[at] = (byte) (random.nextBoolean() ? random.nextInt() : piece[at] + 1);
    }
    return piece;
  }

  /** Changes bytes. */
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

  /** Says of the samples of a WAV or AIFF file that they are of another kind. */
  private static final class SampleFormats {
    private static final int[] BITS = {8, 10, 12, 16, 20, 24, 32, 64};
    private static final int[] TAGS = {1, 1, 1, 3, 6, 7};
    private static final List<String> TYPES =
        List.of(
            "NONE", "twos", "sowt", "raw ", "in24", "in32", "42ni", "23ni", "fl32", "FL64", "alaw",
            "ULAW");

    static void change(List<byte[]> pieces, Random random) {
      for (byte[] piece : pieces) {
        String id = Chunks.id(ByteBuffer.wrap(piece), 0);
        int bits = BITS[random.nextInt(BITS.length)];
        int channels = 1 + random.nextInt(random.nextBoolean() ? 2 : 8);
        if (id.equals("fmt ") && piece.length >= 24) {
          int tag = TAGS[random.nextInt(TAGS.length)];
          int width = tag > 3 ? 8 : bits;
          ByteBuffer.wrap(piece)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putShort(8, (short) tag)
              .putShort(10, (short) channels)
              .putShort(20, (short) ((width + 7) / 8 * channels))
              .putShort(22, (short) width);
        } else if (id.equals("COMM") && piece.length >= 16) {
          ByteBuffer common = ByteBuffer.wrap(piece);
          common.putShort(8, (short) channels).putShort(14, (short) bits);
          if (piece.length >= 30) {
            byte[] type =
                TYPES.get(random.nextInt(TYPES.size())).getBytes(StandardCharsets.US_ASCII);
            common.put(26, type);
          }
        }
      }
    }
  }
}
