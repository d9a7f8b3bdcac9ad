package dev.tutti.core.content;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Float32 numbers as messages and files hold them: four bytes each, little-endian, nothing before,
 * between or behind them. Every bit is kept, those of a NaN too.
 */
public final class PackedFloats {
  private PackedFloats() {}

  /**
   * The bytes of these numbers, 4 each.
   *
   * @throws ArithmeticException where there are more numbers than an array has bytes for
   */
  public static byte[] pack(float... values) {
    byte[] bytes = new byte[Math.multiplyExact(values.length, Float.BYTES)];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes;
  }

  /**
   * The numbers of these bytes.
   *
   * @param bytes taken from position to limit, as little-endian whatever the buffer's order;
   *     neither position nor order is changed
   * @throws IllegalArgumentException where they are no whole number of floats
   */
  public static float[] unpack(ByteBuffer bytes) {
    if (bytes.remaining() % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "%d bytes are no whole number of float32 values, which take 4 each"
              .formatted(bytes.remaining()));
    }
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
