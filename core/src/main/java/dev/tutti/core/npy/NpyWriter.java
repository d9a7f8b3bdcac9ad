package dev.tutti.core.npy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes {@code .npy} files: format version 1, little-endian, in C order. */
public final class NpyWriter {
  /** NumPy starts the numbers at a multiple of this. */
  private static final int ALIGNMENT = 64;

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

  private NpyWriter() {}

  /**
   * Writes float32 numbers, replacing the file.
   *
   * @param shape whose product is the number of values
   * @throws IllegalArgumentException where it is not
   */
  public static void write(Path file, float[] values, int... shape) throws IOException {
    byte[] header = header("<f4", shape, values.length);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(header);
      ByteBuffer number = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : values) {
        out.write(number.putFloat(0, value).array());
      }
    }
  }

  /** As {@link #write(Path, float[], int...)}, for float64 numbers. */
  public static void write(Path file, double[] values, int... shape) throws IOException {
    byte[] header = header("<f8", shape, values.length);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(header);
      ByteBuffer number = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (double value : values) {
        out.write(number.putDouble(0, value).array());
      }
    }
  }

  private static byte[] header(String type, int[] shape, int values) {
    long count = Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
    if (count != values || Arrays.stream(shape).anyMatch(size -> size < 0)) {
      throw new IllegalArgumentException(
          "%d values do not make an array of shape %s".formatted(values, Arrays.toString(shape)));
    }
    String sizes = Arrays.stream(shape).mapToObj(size -> size + ", ").collect(Collectors.joining());
    String tuple = shape.length > 1 ? sizes.substring(0, sizes.length() - 2) : sizes.strip();
    String text = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }".formatted(type, tuple);
    int unpadded = MAGIC.length + Short.BYTES + text.length() + 1;
    String line = text + " ".repeat((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT) + "\n";
    return ByteBuffer.allocate(MAGIC.length + Short.BYTES + line.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) line.length())
        .put(line.getBytes(StandardCharsets.ISO_8859_1))
        .array();
  }
}
