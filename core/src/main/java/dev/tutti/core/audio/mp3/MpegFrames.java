package dev.tutti.core.audio.mp3;

import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.container.AudioTags;
import dev.tutti.core.audio.container.ForeignFormat;
import dev.tutti.core.audio.mpeg.MpegHeader;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Walks over the frames of a file of MPEG audio from header to header, so that none is passed over
 * without a word:
 *
 * <ul>
 *   <li>Tags and zeros between frames are passed over, as joining files leaves them.
 *   <li>Up to 64 KiB of anything else may stand in front of the first frame.
 *   <li>What is no frame but has frames behind it is an error, as a frame is lost there. Other
 *       decoders go on with the next frame that they find.
 *   <li>What is no frame and has none behind it is the end.
 *   <li>A last frame that is cut is a frame; the rest of it counts as zeros, as FFmpeg reads it.
 *   <li>Frames of another layer or sample rate than the first are an error; the number of channels
 *       may change.
 * </ul>
 */
public final class MpegFrames {
  private static final int ID3V1_SIZE = 128;

  private final ByteBuffer file;
  private final MpegSync sync;
  private MpegHeader first;
  private MpegHeader header;
  private int start;
  private int end;
  private int number;

  /**
   * The frames from a buffer's start to its limit.
   *
   * @throws InvalidAudioException where there is no frame
   */
  MpegFrames(ByteBuffer file) {
    this.file = file;
    this.sync = new MpegSync(file);
    this.end = sync.first();
    if (end < 0) {
      throw new InvalidAudioException("the MP3 file has no frame of audio");
    }
    if (end > 0 && sync.header(0).isPresent()) {
      throw lost(0, end);
    }
  }

  /** Whether a file is MPEG audio, also with something else in front. */
  public static boolean in(ByteBuffer file) {
    return new MpegSync(file).first() >= 0;
  }

  /**
   * Goes to the next frame.
   *
   * @return whether there is one
   * @throws InvalidAudioException where the way to it is broken
   */
  boolean next() {
    start = behindTags(end);
    Optional<MpegHeader> found = sync.header(start);
    if (found.isEmpty() || (first != null && !found.get().isLike(first))) {
      return noFrame(found);
    }
    header = found.get();
    first = first == null ? header : first;
    int length = sync.length(start, header);
    if (length == 0) {
      throw new InvalidAudioException(
          "frame %d, at byte %,d, does not say how long it is (free format), and no frame follows"
              .formatted(number + 1, start));
    }
    end = (int) Math.min((long) start + length, file.limit());
    number++;
    return true;
  }

  MpegHeader header() {
    return header;
  }

  /** From 1 on. */
  int number() {
    return number;
  }

  /** The frame's first byte. */
  int start() {
    return start;
  }

  /** Behind the frame's last byte. */
  int end() {
    return end;
  }

  /** The frame with its header, as far as it is there. */
  byte[] bytes() {
    byte[] bytes = new byte[end - start];
    file.get(start, bytes);
    return bytes;
  }

  private boolean noFrame(Optional<MpegHeader> other) {
    if (other.isPresent() && sync.next(start, other.get()) == start) {
      throw new InvalidAudioException(
          "frame %d of the MP3 file, at byte %,d, is %s, those before are %s; one kind is accepted"
              .formatted(number + 1, start, other.get(), first));
    }
    int next = first == null ? -1 : sync.next(start, first);
    if (next >= 0) {
      throw lost(start, next);
    }
    return false;
  }

  private InvalidAudioException lost(int from, int to) {
    return new InvalidAudioException(
        ("the MP3 file is broken behind frame %d: the %,d bytes from byte %,d on are no frame, but"
                + " frames follow; to hear it without them: "
                + ForeignFormat.CONVERTER)
            .formatted(number, to - from, from));
  }

  /** Behind tags and zeros. */
  private int behindTags(int from) {
    int at = from;
    int next = behindTag(at);
    while (next > at) {
      at = next;
      next = behindTag(at);
    }
    return at;
  }

  private int behindTag(int at) {
    if (at < file.limit() && file.get(at) == 0) {
      return at + 1;
    }
    boolean id3v1 = at + ID3V1_SIZE <= file.limit() && file.get(at) == 'T';
    if (id3v1 && file.get(at + 1) == 'A' && file.get(at + 2) == 'G') {
      return at + ID3V1_SIZE;
    }
    return AudioTags.start(file.duplicate().position(at));
  }
}
