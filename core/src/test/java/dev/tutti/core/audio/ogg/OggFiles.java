package dev.tutti.core.audio.ogg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes Ogg files apart into pages and writes pages. */
final class OggFiles {
  static final int BEGINS = 2;
  static final int ENDS = 4;

  private static final int HEADER = 27;
  private static final int FLAGS = 5;
  private static final int GRANULE = 6;
  private static final int STREAM = 14;
  private static final int NUMBER = 18;
  private static final int CHECKSUM = 22;

  private OggFiles() {}

  static List<byte[]> pages(byte[] file) {
    List<byte[]> pages = new ArrayList<>();
    int at = 0;
    while (at < file.length) {
      int segments = file[at + HEADER - 1] & 0xFF;
      int end = at + HEADER + segments;
      for (int i = 0; i < segments; i++) {
        end += file[at + HEADER + i] & 0xFF;
      }
      pages.add(Arrays.copyOfRange(file, at, end));
      at = end;
    }
    return pages;
  }

  /** A page that holds one short packet. */
  static byte[] page(int stream, int number, int flags, byte[] packet) {
    ByteBuffer page =
        ByteBuffer.allocate(HEADER + 1 + packet.length).order(ByteOrder.LITTLE_ENDIAN);
    page.put(new byte[] {'O', 'g', 'g', 'S', 0, (byte) flags});
    page.putInt(STREAM, stream).putInt(NUMBER, number).put(HEADER - 1, (byte) 1);
    page.put(HEADER, (byte) packet.length).position(HEADER + 1).put(packet);
    return summed(page.array());
  }

  static long granule(byte[] page) {
    return little(page).getLong(GRANULE);
  }

  static byte[] withGranule(byte[] page, long granule) {
    byte[] changed = page.clone();
    little(changed).putLong(GRANULE, granule);
    return summed(changed);
  }

  static byte[] withStream(byte[] page, int stream) {
    byte[] changed = page.clone();
    little(changed).putInt(STREAM, stream);
    return summed(changed);
  }

  static byte[] withoutEnd(byte[] page) {
    byte[] changed = page.clone();
    changed[FLAGS] &= ~ENDS;
    return summed(changed);
  }

  private static ByteBuffer little(byte[] page) {
    return ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** With the checksum of RFC 3533, computed bit by bit. */
  private static byte[] summed(byte[] page) {
    little(page).putInt(CHECKSUM, 0);
    int sum = 0;
    for (byte value : page) {
      sum ^= value << 24;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        sum = (sum << 1) ^ (sum < 0 ? 0x04C11DB7 : 0);
      }
    }
    little(page).putInt(CHECKSUM, sum);
    return page;
  }
}
