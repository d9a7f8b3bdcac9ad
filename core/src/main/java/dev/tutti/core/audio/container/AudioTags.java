package dev.tutti.core.audio.container;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Tells the audio of a file from the tags that players and taggers put around it, for all formats
 * alike.
 *
 * <p>In front, in any order and number: ID3v2 (with or without footer; its size covers whatever its
 * flags promise), APEv2 with its header, and zeros behind such a tag. A file that starts with four
 * or more zeros loses these too.
 *
 * <p>At the end, in any order and number: ID3v1 with or without its extension ("TAG+"), APEv1 and
 * APEv2, Lyrics3 v1 and v2, ID3v2.4 with its footer, and zeros between and behind these. Zeros that
 * follow the audio directly are left where they are, as compressed audio may well end in zeros: a
 * decoder whose frames know their sizes passes over them.
 *
 * <p>Whose container says where the audio ends (the chunks of WAV and AIFF, the frames of FLAC, the
 * pages of Ogg) is not cut at its end: there, bytes that look like a tag may be samples. Such
 * decoders ask {@link #end} only about what stands behind their last frame or page.
 */
public final class AudioTags {
  private static final int ID3V2_HEADER = 10;
  private static final int ID3V2_FOOTER_FLAG = 0x10;
  private static final int ID3V1_SIZE = 128;
  private static final int ID3V1_EXTENSION_SIZE = 227;
  private static final int APE_HEADER = 32;
  private static final int APE_FLAGS = 20;
  private static final int APE_IS_HEADER = 1 << 29;
  private static final String APE_ID = "APETAGEX";
  private static final String LYRICS_BEGIN = "LYRICSBEGIN";
  private static final String LYRICS1_END = "LYRICSEND";
  private static final String LYRICS2_END = "LYRICS200";
  private static final int LYRICS2_DIGITS = 6;

  /** The longest text of Lyrics3 v1. */
  private static final int LYRICS1_MOST = 5_100;

  /** So many zeros in front of a file start no file of a known kind. */
  private static final int LEADING_ZEROS = 4;

  private final ByteBuffer file;
  private final int from;

  private AudioTags(ByteBuffer file, int from) {
    this.file = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    this.from = from;
  }

  /** The first byte of a buffer behind the tags that stand at its position. */
  public static int start(ByteBuffer file) {
    return new AudioTags(file, file.position()).start();
  }

  /**
   * Where the tags at a buffer's limit begin; the limit where there are none.
   *
   * @param from where the audio ends, as far as that is known: no tag begins before
   */
  public static int end(ByteBuffer file, int from) {
    return new AudioTags(file, from).end();
  }

  /** Whether nothing but tags and zeros stands between a byte and the buffer's limit. */
  public static boolean only(ByteBuffer file, int from) {
    AudioTags tags = new AudioTags(file, from);
    return tags.withoutZeros(tags.end()) == from;
  }

  private int start() {
    int start = from;
    int zeros = behindZeros(start);
    if (zeros - start >= LEADING_ZEROS) {
      start = zeros;
    }
    for (int next = behindTag(start); next > start; next = behindTag(start)) {
      start = behindZeros(next);
    }
    return start;
  }

  private int behindTag(int start) {
    if (isId3v2("ID3", start)) {
      boolean footer = (file.get(start + 5) & ID3V2_FOOTER_FLAG) != 0;
      return within(start + ID3V2_HEADER + id3v2Size(start) + (footer ? ID3V2_HEADER : 0L));
    }
    if (is(APE_ID, start) && start + APE_HEADER <= file.limit()) {
      return within(start + APE_HEADER + Integer.toUnsignedLong(file.getInt(start + 12)));
    }
    return start;
  }

  /** The end of a tag; one that claims more than there is ends with the file. */
  private int within(long end) {
    return (int) Math.min(end, file.limit());
  }

  private int behindZeros(int start) {
    int next = start;
    while (next < file.limit() && file.get(next) == 0) {
      next++;
    }
    return next;
  }

  private int end() {
    int end = file.limit();
    for (int next = beforeTag(end); next >= from; next = beforeTag(end)) {
      end = next;
    }
    return end;
  }

  /** Where a tag begins that ends at {@code end} but for zeros; -1 where there is none. */
  private int beforeTag(int end) {
    int last = withoutZeros(end);
    // ID3v1 comes last: its name is the shortest, and lies within that of APE.
    int ape = find(APE_ID, APE_HEADER, last, end);
    if (ape >= 0) {
      long items = Integer.toUnsignedLong(file.getInt(ape + 12)) - APE_HEADER;
      long start = ape - items;
      return items < 0 || start < from
          ? -1
          : (int) (start - (isApeHeader(start - APE_HEADER) ? APE_HEADER : 0));
    }
    int id3v2 = find("3DI", ID3V2_HEADER, last, end);
    if (id3v2 >= 0 && isId3v2("3DI", id3v2)) {
      return id3v2 - id3v2Size(id3v2) - ID3V2_HEADER;
    }
    int lyrics = beforeLyrics(last);
    return lyrics >= 0 ? lyrics : beforeId3v1(last, end);
  }

  private int beforeId3v1(int last, int end) {
    int id3v1 = find("TAG", ID3V1_SIZE, last, end);
    int extension = id3v1 - ID3V1_EXTENSION_SIZE;
    return extension >= from && is("TAG+", extension) ? extension : id3v1;
  }

  /**
   * Whether a header stands there, by its own flag: the footer's flag for it is not to be trusted.
   */
  private boolean isApeHeader(long start) {
    return start >= from
        && is(APE_ID, (int) start)
        && (file.getInt((int) start + APE_FLAGS) & APE_IS_HEADER) != 0;
  }

  /** Where an id of a tag or footer of so many bytes starts, whose own last bytes may be zeros. */
  private int find(String id, int size, int last, int end) {
    for (int at = Math.min(end - size, last); at >= Math.max(from, last - size); at--) {
      if (is(id, at)) {
        return at;
      }
    }
    return -1;
  }

  private int beforeLyrics(int end) {
    if (is(LYRICS2_END, end - LYRICS2_END.length())) {
      int digits = end - LYRICS2_END.length() - LYRICS2_DIGITS;
      int size = 0;
      for (int i = digits; digits >= from && i < digits + LYRICS2_DIGITS; i++) {
        size = 10 * size + Math.floorMod(file.get(i) - '0', 10);
      }
      return is(LYRICS_BEGIN, digits - size) ? digits - size : -1;
    }
    if (is(LYRICS1_END, end - LYRICS1_END.length())) {
      int least = LYRICS_BEGIN.length() + LYRICS1_END.length();
      for (int at = end - least; at >= Math.max(from, end - least - LYRICS1_MOST); at--) {
        if (is(LYRICS_BEGIN, at)) {
          return at;
        }
      }
    }
    return -1;
  }

  private int withoutZeros(int end) {
    int last = end;
    while (last > from && file.get(last - 1) == 0) {
      last--;
    }
    return last;
  }

  private boolean is(String id, int start) {
    if (start < from || start + id.length() > file.limit()) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      if (file.get(start + i) != id.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a header or footer of ID3v2 stands there: neither version nor size has a high byte. */
  private boolean isId3v2(String id, int start) {
    boolean right = is(id, start) && start + ID3V2_HEADER <= file.limit();
    for (int i = 3; right && i < ID3V2_HEADER; i++) {
      right = i == 5 || (i < 5 ? file.get(start + i) != -1 : file.get(start + i) >= 0);
    }
    return right;
  }

  /** The size of an ID3v2 tag without header and footer, which has seven bits a byte. */
  private int id3v2Size(int start) {
    int size = 0;
    for (int i = 6; i < ID3V2_HEADER; i++) {
      size = size << 7 | file.get(start + i);
    }
    return size;
  }
}
