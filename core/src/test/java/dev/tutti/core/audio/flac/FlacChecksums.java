package dev.tutti.core.audio.flac;

import java.nio.ByteBuffer;

/** Makes the checksums of a FLAC frame right again after its bytes were changed. */
public final class FlacChecksums {
  private FlacChecksums() {}

  /**
   * Writes the header's and the frame's checksum.
   *
   * @param start of the frame
   * @param headerEnd where the header's checksum stands
   * @param next where the next frame starts
   */
  public static void write(byte[] file, int start, int headerEnd, int next) {
    ByteBuffer bytes = ByteBuffer.wrap(file);
    bytes.put(headerEnd, (byte) new FlacBits(bytes, headerEnd).crc8Since(start));
    bytes.putShort(next - 2, (short) new FlacBits(bytes, next - 2).crc16Since(start));
  }
}
