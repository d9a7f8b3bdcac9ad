package dev.tutti.core.audio.ogg;

import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;

/**
 * Reads a Vorbis setup header as far as the sizes in it go (Vorbis I specification, chapters 3,
 * 4.2.4, 6, 7 and 8), and refuses one that a decoder would have to allocate far more for than its
 * bytes justify, or whose code words are not those of a code.
 */
final class VorbisSetup {
  private static final int HEADER_BITS = 7 * Byte.SIZE;
  private static final int SYNC = 0x564342;

  /** Encoders use some ten thousand values in all. */
  private static final long MAX_VALUES = 1 << 20;

  private static final int LONGEST_WORD = 32;

  /** What all words of a codebook make together, one of n bits being 2^(32 - n). */
  private static final long WHOLE_TREE = 1L << LONGEST_WORD;

  private final byte[] data;
  private final int start;
  private final int bits;
  private int position = HEADER_BITS;
  private long values;
  private int[] dimensions = {};
  private int[] entries = {};

  private VorbisSetup(byte[] data, int start, int length) {
    this.data = data;
    this.start = start;
    this.bits = length * Byte.SIZE;
  }

  /**
   * Checks a setup header.
   *
   * @throws InvalidAudioException where its sizes are out of all proportion, or it is cut
   */
  static void check(byte[] data, int start, int length, int channels) {
    VorbisSetup setup = new VorbisSetup(data, start, length);
    setup.codebooks();
    setup.skip((long) Short.SIZE * (setup.read(6) + 1));
    for (int floors = setup.read(6) + 1; floors > 0; floors--) {
      setup.floor();
    }
    for (int residues = setup.read(6) + 1; residues > 0; residues--) {
      setup.residue();
    }
    AudioReader.checkChannels(channels);
  }

  private void codebooks() {
    int count = read(8) + 1;
    dimensions = new int[count];
    entries = new int[count];
    for (int book = 0; book < count; book++) {
      require(read(24) == SYNC, "a codebook is missing");
      dimensions[book] = read(16);
      entries[book] = read(24);
      values += Math.max(1L, dimensions[book]) * entries[book];
      require(values <= MAX_VALUES, "its codebooks are far too large");
      lengths(entries[book]);
      lookup(dimensions[book], entries[book]);
    }
  }

  /** The lengths of a codebook's code words, which must make a whole tree. */
  private void lengths(int entries) {
    long filled = 0;
    int used = 0;
    if (read(1) == 1) {
      int length = read(5) + 1;
      while (used < entries) {
        int count = read(Integer.SIZE - Integer.numberOfLeadingZeros(entries - used));
        require(count == 0 || length <= LONGEST_WORD, "a code word is too long");
        filled += count * (WHOLE_TREE >> Math.min(length++, LONGEST_WORD));
        used += count;
      }
    } else {
      boolean sparse = read(1) == 1;
      for (int i = 0; i < entries; i++) {
        if (!sparse || read(1) == 1) {
          filled += WHOLE_TREE >> (read(5) + 1);
          used++;
        }
      }
    }
    // One word alone is a single bit, of which the other value means nothing.
    boolean alone = used == 1 && filled == WHOLE_TREE >> 1;
    require(filled == WHOLE_TREE || used == 0 || alone, "a codebook's words make no tree");
  }

  private void lookup(int dimensions, int entries) {
    int kind = read(4);
    require(kind <= 2, "a codebook is of an unknown kind");
    if (kind > 0) {
      skip(2 * Integer.SIZE);
      int width = read(4) + 1;
      skip(1);
      long count = (long) dimensions * entries;
      if (kind == 1) {
        count = 0;
        while (dimensions > 0 && Math.pow(count + 1.0, dimensions) <= entries) {
          count++;
        }
      }
      skip(count * width);
    }
  }

  private void floor() {
    if (read(16) == 0) {
      skip(8 + 16 + 16 + 6 + 8);
      skip(8L * (read(4) + 1));
      return;
    }
    int[] classes = new int[read(5)];
    int highest = -1;
    for (int i = 0; i < classes.length; i++) {
      classes[i] = read(4);
      highest = Math.max(highest, classes[i]);
    }
    int[] sizes = new int[highest + 1];
    for (int i = 0; i <= highest; i++) {
      sizes[i] = read(3) + 1;
      int subclasses = read(2);
      skip(subclasses > 0 ? 8 : 0);
      skip(8L << subclasses);
    }
    skip(2);
    int width = read(4);
    for (int partition : classes) {
      skip((long) sizes[partition] * width);
    }
  }

  private void residue() {
    skip(16 + 3 * 24);
    int classifications = read(6) + 1;
    int book = read(8);
    require(book < entries.length, "a residue names a codebook that is not there");
    double combinations = Math.pow(classifications, dimensions[book]);
    require(combinations <= entries[book], "a residue has more classes than its codebook entries");
    long books = 0;
    for (int i = 0; i < classifications; i++) {
      int cascade = read(3);
      cascade |= read(1) == 1 ? read(5) << 3 : 0;
      books += Integer.bitCount(cascade);
    }
    skip(8 * books);
  }

  /** The next bits, the lowest first. */
  private int read(int count) {
    require(count <= bits - position, "it is cut");
    int value = 0;
    for (int i = 0; i < count; i++, position++) {
      value |= (data[start + position / 8] >> position % 8 & 1) << i;
    }
    return value;
  }

  private void skip(long count) {
    require(count <= bits - position, "it is cut");
    position += (int) count;
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new InvalidAudioException("the Ogg file's setup header is broken: " + otherwise);
    }
  }
}
