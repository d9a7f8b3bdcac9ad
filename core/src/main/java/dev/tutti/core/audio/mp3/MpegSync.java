package dev.tutti.core.audio.mp3;

import dev.tutti.core.audio.mpeg.MpegHeader;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Finds frames of MPEG audio in bytes. A header alone is weak evidence, as chance makes one of
 * every few thousand places look like it; a header that is followed by another where its frame ends
 * is strong.
 */
final class MpegSync {
  /** How many frames in a row show that a file is MPEG audio. */
  private static final int ENOUGH = 3;

  /** How many do where a file starts with them. */
  private static final int ENOUGH_AT_ONCE = 2;

  /** So many bytes of something else in front of the first frame are passed over. */
  private static final int MAX_JUNK = 1 << 16;

  /** Frames of the free format are not longer: 640 kbit/s at 8 kHz. */
  private static final int MAX_FREE_LENGTH = 1 << 13;

  private final ByteBuffer file;

  /** The length without padding of frames whose headers do not say it; 0 until it is known. */
  private int freeLength;

  MpegSync(ByteBuffer file) {
    this.file = file;
  }

  /** The first byte of the first frame; -1 where this is no MPEG audio. */
  int first() {
    int last = Math.min(file.limit() - MpegHeader.BYTES, MAX_JUNK);
    for (int at = 0; at <= last; at++) {
      if (header(at).isPresent() && isStart(at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean isStart(int at) {
    MpegHeader header = header(at).orElseThrow();
    boolean free = header.bitRate() == 0;
    freeLength = free ? freeLength(at, header) : 0;
    int enough = at == 0 ? ENOUGH_AT_ONCE : ENOUGH;
    // A length that is looked for makes the end of any two headers fit.
    boolean endCounts = at == 0 || !free;
    return frames(at, enough) == enough || (endCounts && endsAt(at));
  }

  /** The next place from {@code from} on where frames like another one begin; -1 for none. */
  int next(int from, MpegHeader like) {
    for (int at = from; at + MpegHeader.BYTES <= file.limit(); at++) {
      Optional<MpegHeader> header = header(at);
      if (header.isPresent() && header.get().isLike(like) && (frames(at, 2) == 2 || endsAt(at))) {
        return at;
      }
    }
    return -1;
  }

  /** What could be a header. */
  Optional<MpegHeader> header(int at) {
    if (at + MpegHeader.BYTES > file.limit()) {
      return Optional.empty();
    }
    int word = file.getInt(at);
    return MpegHeader.isHeader(word) ? Optional.of(new MpegHeader(word)) : Optional.empty();
  }

  /** Bytes of the frame at a place; 0 where that cannot be told. */
  int length(int at, MpegHeader header) {
    if (header.bitRate() == 0 && freeLength == 0) {
      freeLength = freeLength(at, header);
    }
    return knownLength(header);
  }

  /**
   * The same without a search, which would take too long at every place that looks like a header.
   */
  private int knownLength(MpegHeader header) {
    if (header.bitRate() != 0) {
      return header.length();
    }
    return freeLength == 0 ? 0 : freeLength + header.padding();
  }

  /** The shortest length after which there are two more such headers, or one and the file's end. */
  private int freeLength(int at, MpegHeader header) {
    int least = header.bodyStart() + header.sideInformation();
    for (int length = least; length < MAX_FREE_LENGTH; length++) {
      int second = at + length + header.padding();
      int third = second + length + padding(second, header);
      if (isFree(second, header)
          && (isFree(third, header) || third >= file.limit() - MpegHeader.BYTES)) {
        return length;
      }
    }
    return 0;
  }

  private boolean isFree(int at, MpegHeader like) {
    return header(at).filter(h -> h.bitRate() == 0 && h.isLike(like)).isPresent();
  }

  private int padding(int at, MpegHeader otherwise) {
    return header(at).orElse(otherwise).padding();
  }

  /** How many frames like the first one follow one another, counted up to a number. */
  private int frames(int from, int most) {
    MpegHeader like = header(from).orElseThrow();
    int count = 0;
    int at = from;
    while (count < most && header(at).filter(h -> h.isLike(like)).isPresent()) {
      int length = knownLength(header(at).get());
      if (length == 0 || at + length > file.limit()) {
        return count;
      }
      at += length;
      count++;
    }
    return count;
  }

  /**
   * Whether the frame at a place ends where the file does, or few like it do; the last may be cut.
   */
  private boolean endsAt(int from) {
    MpegHeader like = header(from).orElseThrow();
    int at = from;
    for (int count = 0; count < ENOUGH; count++) {
      Optional<MpegHeader> header = header(at).filter(h -> h.isLike(like));
      int length = header.isEmpty() ? 0 : knownLength(header.get());
      if (length == 0) {
        return false;
      }
      at += length;
      if (at == file.limit() || (at > file.limit() && count > 0)) {
        return true;
      }
    }
    return false;
  }
}
