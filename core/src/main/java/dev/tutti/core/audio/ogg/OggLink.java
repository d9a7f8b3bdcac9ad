package dev.tutti.core.audio.ogg;

import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.container.ForeignFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One link of an Ogg file: streams that begin together and whose pages are mixed, one of them
 * Vorbis. Files have one link, or several one behind the other (chained). Pages of the other
 * streams are passed over.
 */
final class OggLink {
  private static final int WHOLE_SEGMENT = 255;

  private final ByteBuffer file;
  private final int stream;

  /** All streams that begin with the link. */
  private final Set<Integer> streams;

  /** The packet that goes on in the next page. */
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();

  private boolean goesOn;

  /** Behind the last page that was looked at. */
  private int position;

  private OggPage page;
  private boolean started;
  private boolean gapAllowed;

  /**
   * The link that begins at a byte of a file.
   *
   * @throws InvalidAudioException where no page begins there, or not exactly one of the streams is
   *     Vorbis
   */
  OggLink(ByteBuffer file, int start) {
    this.file = file;
    Map<OggPage, OggCodec> firsts = new LinkedHashMap<>();
    position = start;
    while (position < file.limit()) {
      OggPage first = OggPage.read(file, position);
      if (!first.begins()) {
        break;
      }
      firsts.put(first, OggCodec.of(first.bytes(file)));
      position = first.end();
    }
    page = vorbis(firsts, start);
    stream = page.stream();
    streams = firsts.keySet().stream().map(OggPage::stream).collect(Collectors.toSet());
  }

  /**
   * The packets that end in the next page of the Vorbis stream, from its first page on; {@link
   * #granule} and {@link #ended} tell of that page.
   *
   * @throws InvalidAudioException where there is none, as the file is cut or lacks a page
   */
  List<byte[]> nextPackets() {
    if (started) {
      page = nextPage();
    }
    started = true;
    List<byte[]> packets = new ArrayList<>();
    byte[] body = page.bytes(file);
    // The end of a packet whose beginning is not there.
    boolean lost = page.continued() && !goesOn;
    int at = 0;
    for (byte segment : page.segments()) {
      int size = segment & 0xFF;
      open.write(body, at, size);
      at += size;
      goesOn = size == WHOLE_SEGMENT;
      if (!goesOn) {
        if (!lost) {
          packets.add(open.toByteArray());
        }
        lost = false;
        open.reset();
      }
    }
    return packets;
  }

  /** The position in samples behind the last packet of the page; -1 where no packet ends there. */
  long granule() {
    return page.granule();
  }

  /** Whether the page was the stream's last. */
  boolean ended() {
    return page.ends();
  }

  /** Lets pages be missing before the next one, as where a listener joins a live stream. */
  void allowGap() {
    gapAllowed = true;
  }

  /**
   * Where the next link begins, once the stream has ended; the file's limit where there is none.
   */
  int end() {
    while (position < file.limit()) {
      if (!OggPage.isAt(file, position)) {
        return behindPages();
      }
      OggPage other = OggPage.read(file, position);
      if (other.begins()) {
        return position;
      }
      if (other.stream() == stream) {
        throw new InvalidAudioException(
            "the Ogg file is broken: its Vorbis stream goes on behind its last page, at byte %,d"
                .formatted(position));
      }
      position = other.end();
    }
    return file.limit();
  }

  private OggPage nextPage() {
    while (position < file.limit()) {
      OggPage next = OggPage.read(file, position);
      if (next.begins()) {
        break;
      }
      if (!streams.contains(next.stream())) {
        throw new InvalidAudioException(
            "the Ogg file is broken: the page at byte %,d is of a stream that never began"
                .formatted(position));
      }
      position = next.end();
      if (next.stream() == stream) {
        if (next.number() != page.number() + 1) {
          requireGap(next);
          open.reset();
          goesOn = false;
        }
        gapAllowed = false;
        return next;
      }
    }
    throw new InvalidAudioException(
        "the Ogg file is cut at byte %,d: the last page of the Vorbis stream is missing"
            .formatted(position));
  }

  private void requireGap(OggPage next) {
    if (!gapAllowed) {
      throw new InvalidAudioException(
          "the Ogg file lacks a page of its Vorbis stream before byte %,d".formatted(next.start()));
    }
  }

  /** What is no page and has none behind it is passed over, such as a tag. */
  private int behindPages() {
    for (int at = position; at < file.limit(); at++) {
      if (OggPage.isAt(file, at)) {
        throw new InvalidAudioException(
            "the Ogg file is broken: the %,d bytes from byte %,d on are no page, but pages follow"
                .formatted(at - position, position));
      }
    }
    return file.limit();
  }

  private static OggPage vorbis(Map<OggPage, OggCodec> streams, int start) {
    List<OggPage> found =
        streams.keySet().stream().filter(page -> streams.get(page) == OggCodec.VORBIS).toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    String names =
        streams.values().stream().map(OggCodec::toString).collect(Collectors.joining(" and "));
    throw new InvalidAudioException(
        "the Ogg file holds %s from byte %,d on; one stream of Vorbis is accepted. %s"
            .formatted(names.isEmpty() ? "no stream" : names, start, ForeignFormat.CONVERSION));
  }
}
