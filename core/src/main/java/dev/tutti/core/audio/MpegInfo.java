package dev.tutti.core.audio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the encoder says of a whole MP3 file in its first frame, which holds no audio: the tag that
 * starts with "Xing" or "Info", and behind it how much silence surrounds the audio, in the place
 * where LAME writes it.
 *
 * @param delay samples of silence in front that the encoder added
 * @param padding samples of silence at the end
 */
record MpegInfo(int delay, int padding) {
  private static final int ID3_HEADER = 10;
  private static final int FRAME_HEADER = 4;
  private static final int CHECKSUM = 2;

  /** Sizes of the tag's optional fields, in the order of their flags. */
  private static final int[] FIELDS = {4, 4, 100, 4};

  /** From the encoder's name to the delays. */
  private static final int DELAYS = 21;

  /** The tag of a file, where there is one. */
  static Optional<MpegInfo> of(byte[] file) {
    int frame = audioStart(file);
    if (frame + FRAME_HEADER > file.length) {
      return Optional.empty();
    }
    int tag = frame + FRAME_HEADER + sideInformation(file, frame);
    String id = text(file, tag, 4);
    if (!(id.equals("Xing") || id.equals("Info")) || tag + 8 > file.length) {
      return Optional.empty();
    }
    int flags = ByteBuffer.wrap(file).getInt(tag + 4);
    int encoder = tag + 8;
    for (int field = 0; field < FIELDS.length; field++) {
      encoder += (flags >>> field & 1) * FIELDS[field];
    }
    boolean named = text(file, encoder, 4).matches("LAME|Lavf|Lavc|L3\\.9");
    if (!named || encoder + DELAYS + 3 > file.length) {
      return Optional.of(new MpegInfo(0, 0));
    }
    int delays = 0;
    for (int i = 0; i < 3; i++) {
      delays = (delays << 8) | (file[encoder + DELAYS + i] & 0xFF);
    }
    return Optional.of(new MpegInfo(delays >>> 12, delays & 0xFFF));
  }

  /** Where the first frame starts: behind an ID3v2 tag, whose size has seven bits a byte. */
  private static int audioStart(byte[] file) {
    if (!text(file, 0, 3).equals("ID3") || file.length < ID3_HEADER) {
      return 0;
    }
    int size = 0;
    for (int i = 6; i < ID3_HEADER; i++) {
      size = (size << 7) | (file[i] & 0x7F);
    }
    return ID3_HEADER + size;
  }

  /** Bytes between a layer III frame's header and its data. */
  private static int sideInformation(byte[] file, int frame) {
    boolean mpeg1 = (file[frame + 1] & 0x18) == 0x18;
    boolean mono = (file[frame + 3] & 0xC0) == 0xC0;
    boolean unprotected = (file[frame + 1] & 1) == 1;
    int size = mpeg1 ? (mono ? 17 : 32) : (mono ? 9 : 17);
    return size + (unprotected ? 0 : CHECKSUM);
  }

  private static String text(byte[] file, int offset, int length) {
    return offset < 0 || offset + length > file.length
        ? ""
        : new String(file, offset, length, StandardCharsets.ISO_8859_1);
  }
}
