package dev.tutti.core.audio.ogg;

import dev.tutti.core.audio.InvalidAudioException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A page of an Ogg file (RFC 3533): parts of packets of one of the streams in it. */
final class OggPage {
  private static final int CONTINUED = 1;
  private static final int BEGINS = 2;
  private static final int ENDS = 4;

  private static final int HEADER = 27;
  private static final int CAPTURE = 0x5367674F;
  private static final int FLAGS = 5;
  private static final int GRANULE = 6;
  private static final int STREAM = 14;
  private static final int NUMBER = 18;
  private static final int CHECKSUM = 22;
  private static final int[] CHECKSUMS = checksums();

  private final int start;
  private final int flags;
  private final long granule;
  private final int stream;
  private final int number;
  private final byte[] segments;

  private OggPage(ByteBuffer data, int start, byte[] segments) {
    this.start = start;
    this.flags = data.get(start + FLAGS);
    this.granule = data.getLong(start + GRANULE);
    this.stream = data.getInt(start + STREAM);
    this.number = data.getInt(start + NUMBER);
    this.segments = segments;
  }

  /**
   * The page at a byte of a file.
   *
   * @throws InvalidAudioException where there is none, it is cut, or its checksum is wrong
   */
  static OggPage read(ByteBuffer file, int start) {
    ByteBuffer data = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (start + HEADER > file.limit()) {
      throw cut(start);
    }
    if (data.getInt(start) != CAPTURE || data.get(start + 4) != 0) {
      throw new InvalidAudioException(
          "the Ogg file is broken: a page should begin at byte %,d".formatted(start));
    }
    byte[] segments = new byte[data.get(start + HEADER - 1) & 0xFF];
    if (start + HEADER + segments.length > file.limit()) {
      throw cut(start);
    }
    data.get(start + HEADER, segments);
    OggPage page = new OggPage(data, start, segments);
    if (page.end() > file.limit()) {
      throw cut(start);
    }
    if (page.checksum(data) != data.getInt(start + CHECKSUM)) {
      throw new InvalidAudioException(
          "the Ogg file is broken: the page at byte %,d has a wrong checksum".formatted(start));
    }
    return page;
  }

  /** Whether a page seems to begin at a byte. */
  static boolean isAt(ByteBuffer file, int at) {
    return at + Integer.BYTES <= file.limit()
        && file.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(at) == CAPTURE;
  }

  /** Its first byte. */
  int start() {
    return start;
  }

  /** Which stream it is of. */
  int stream() {
    return stream;
  }

  /** Its number, counted in its stream. */
  int number() {
    return number;
  }

  /** What its stream says of the position behind the last packet that ends here; -1 for none. */
  long granule() {
    return granule;
  }

  /** The sizes of its parts: a packet goes on from one of 255 bytes into the next. */
  byte[] segments() {
    return segments;
  }

  /** Whether its first part goes on with a packet of the page before. */
  boolean continued() {
    return (flags & CONTINUED) != 0;
  }

  /** Whether it is the first page of its stream. */
  boolean begins() {
    return (flags & BEGINS) != 0;
  }

  /** Whether it is the last page of its stream. */
  boolean ends() {
    return (flags & ENDS) != 0;
  }

  /** Its parts. */
  byte[] bytes(ByteBuffer file) {
    byte[] bytes = new byte[end() - body()];
    file.get(body(), bytes);
    return bytes;
  }

  /** Behind its last byte. */
  int end() {
    int end = body();
    for (byte segment : segments) {
      end += segment & 0xFF;
    }
    return end;
  }

  private int body() {
    return start + HEADER + segments.length;
  }

  private int checksum(ByteBuffer data) {
    int sum = 0;
    int end = end();
    for (int i = start; i < end; i++) {
      boolean own = i >= start + CHECKSUM && i < start + CHECKSUM + Integer.BYTES;
      int value = own ? 0 : data.get(i) & 0xFF;
      sum = (sum << Byte.SIZE) ^ CHECKSUMS[(sum >>> 24) ^ value];
    }
    return sum;
  }

  /** Of the polynomial 0x04C11DB7, the highest bit first. */
  private static int[] checksums() {
    int[] table = new int[256];
    for (int i = 0; i < table.length; i++) {
      int sum = i << 24;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        sum = (sum << 1) ^ (sum < 0 ? 0x04C11DB7 : 0);
      }
      table[i] = sum;
    }
    return table;
  }

  private static InvalidAudioException cut(int start) {
    return new InvalidAudioException(
        "the Ogg file is cut: the page at byte %,d is not whole".formatted(start));
  }
}
