package dev.tutti.cli.picture;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * Encodes pictures as PNG (ISO/IEC 15948): 8 bits a channel, red, green and blue, unfiltered. Needs
 * no desktop libraries, so that it works on every server.
 */
final class PngFile {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private PngFile() {}

  /**
   * The bytes of a PNG file.
   *
   * @param rgb rows from top to bottom, 0xRRGGBB each
   */
  static byte[] encode(int width, int height, int[] rgb) {
    try {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.write(SIGNATURE);
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      DataOutputStream numbers = new DataOutputStream(header);
      numbers.writeInt(width);
      numbers.writeInt(height);
      // Depth 8, colour type 2 (RGB), the only compression and filter method, not interlaced.
      numbers.write(new byte[] {8, 2, 0, 0, 0});
      chunk(file, "IHDR", header.toByteArray());
      chunk(file, "IDAT", pixels(width, height, rgb));
      chunk(file, "IEND", new byte[0]);
      return file.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }

  private static byte[] pixels(int width, int height, int[] rgb) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
      byte[] row = new byte[1 + 3 * width];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int pixel = rgb[y * width + x];
          row[1 + 3 * x] = (byte) (pixel >> 16);
          row[2 + 3 * x] = (byte) (pixel >> 8);
          row[3 + 3 * x] = (byte) pixel;
        }
        deflater.write(row);
      }
    }
    return data.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] data)
      throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    DataOutputStream out = new DataOutputStream(file);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }
}
