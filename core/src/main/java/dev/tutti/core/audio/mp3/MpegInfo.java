package dev.tutti.core.audio.mp3;

import dev.tutti.core.audio.mpeg.MpegHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the encoder says of a whole MP3 file in its first frame, which holds no audio: the tag of
 * Xing, whose name is "Info" where the bit rate is constant, with LAME's behind it, or Fraunhofer's
 * "VBRI".
 *
 * @param frames how many frames of audio follow; 0 if that is not said
 * @param bytes of all frames, this one included; 0 if that is not said
 * @param silence how much of the decoded samples the encoder added, if that is said
 */
record MpegInfo(int frames, long bytes, Optional<Silence> silence) {
  /**
   * Samples of silence around the audio.
   *
   * @param delay in front, without the decoder's own
   * @param padding behind, with the decoder's own
   */
  record Silence(int delay, int padding) {}

  private static final int CHECKSUM = 2;
  private static final int VBRI = 32;

  /** Sizes of the optional fields of Xing's tag, in the order of their flags. */
  private static final int[] FIELDS = {4, 4, 100, 4};

  /** From LAME's name to the delays. */
  private static final int DELAYS = 21;

  /** The tag in a frame, where there is one. */
  static Optional<MpegInfo> of(MpegHeader header, byte[] frame) {
    if (header.layer() != 3) {
      return Optional.empty();
    }
    // Behind the side information. LAME puts it there as if there never were a checksum.
    int plain = MpegHeader.BYTES + header.sideInformation();
    for (int tag : new int[] {plain, plain + CHECKSUM}) {
      if (text(frame, tag).matches("Xing|Info") && tag + 8 <= frame.length) {
        return Optional.of(xing(frame, tag));
      }
    }
    int tag = MpegHeader.BYTES + VBRI;
    if (text(frame, tag).equals("VBRI") && tag + 18 <= frame.length) {
      ByteBuffer data = ByteBuffer.wrap(frame);
      long bytes = Integer.toUnsignedLong(data.getInt(tag + 10));
      return Optional.of(new MpegInfo(data.getInt(tag + 14), bytes, Optional.empty()));
    }
    return Optional.empty();
  }

  private static MpegInfo xing(byte[] data, int tag) {
    ByteBuffer frame = ByteBuffer.wrap(data);
    int flags = frame.getInt(tag + 4);
    int[] values = new int[FIELDS.length];
    int at = tag + 8;
    for (int field = 0; field < FIELDS.length; field++) {
      if (((flags >>> field) & 1) == 1) {
        values[field] = at + 4 <= frame.limit() ? frame.getInt(at) : 0;
        at += FIELDS[field];
      }
    }
    Optional<Silence> silence = Optional.empty();
    if (text(data, at).matches("LAME|Lavf|Lavc|L3\\.9") && at + 24 <= frame.limit()) {
      int delays = frame.getInt(at + DELAYS - 1) & 0xFFFFFF;
      silence = Optional.of(new Silence(delays >>> 12, delays & 0xFFF));
    }
    return new MpegInfo(Math.max(0, values[0]), Integer.toUnsignedLong(values[1]), silence);
  }

  private static String text(byte[] bytes, int offset) {
    return offset + 4 > bytes.length
        ? ""
        : new String(bytes, offset, 4, StandardCharsets.ISO_8859_1);
  }
}
