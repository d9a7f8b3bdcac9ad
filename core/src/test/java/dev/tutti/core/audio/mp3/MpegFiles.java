package dev.tutti.core.audio.mp3;

import dev.tutti.core.audio.mpeg.MpegHeader;
import dev.tutti.core.golden.GoldenFiles;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes files apart and puts others together from the parts. */
public final class MpegFiles {
  private MpegFiles() {}

  public static byte[] golden(String name) {
    return GoldenFiles.bytes(name);
  }

  /** The frames of a file that consists of nothing else. */
  static List<byte[]> frames(byte[] file) {
    List<byte[]> frames = new ArrayList<>();
    int at = 0;
    while (at < file.length) {
      int length = new MpegHeader(ByteBuffer.wrap(file).getInt(at)).length();
      frames.add(Arrays.copyOfRange(file, at, at + length));
      at += length;
    }
    return frames;
  }

  public static byte[] join(byte[]... parts) {
    return join(List.of(parts));
  }

  public static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    parts.forEach(joined::writeBytes);
    return joined.toByteArray();
  }

  public static byte[] id3v2(int size) {
    byte[] tag = new byte[10 + size];
    System.arraycopy(new byte[] {'I', 'D', '3', 4}, 0, tag, 0, 4);
    tag[8] = (byte) (size >> 7);
    tag[9] = (byte) (size & 0x7F);
    return tag;
  }

  public static byte[] id3v1() {
    byte[] tag = new byte[128];
    Arrays.fill(tag, (byte) ' ');
    System.arraycopy(new byte[] {'T', 'A', 'G'}, 0, tag, 0, 3);
    return tag;
  }

  /** Where a text stands. */
  static int find(byte[] file, String text) {
    return new String(file, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  /** Where the frames of a buffer start, as far as they can be followed. */
  public static List<Integer> frameStarts(ByteBuffer file) {
    List<Integer> starts = new ArrayList<>();
    for (MpegFrames frames = new MpegFrames(file); frames.next(); ) {
      starts.add(frames.start());
    }
    return starts;
  }

  /** All frames of a buffer and nothing that stands around or between them. */
  public static byte[] withoutRest(ByteBuffer file) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (MpegFrames frames = new MpegFrames(file); frames.next(); ) {
      joined.writeBytes(frames.bytes());
    }
    return joined.toByteArray();
  }

  /** The layer of a buffer's first frame. */
  public static int layer(ByteBuffer file) {
    MpegFrames frames = new MpegFrames(file);
    frames.next();
    return frames.header().layer();
  }
}
