package dev.tutti.worker.bank;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Refuses rows with NaN or infinities, which a ReLU or a pooling would turn into numbers that look
 * sound.
 *
 * <p>Such a float32 has all eight exponent bits set, so adding one to the exponent carries into the
 * sign bit; two numbers are looked at in one step.
 */
final class FiniteCheck {
  private static final long EXPONENTS = 0x7f80_0000_7f80_0000L;
  private static final long ONES = 0x0080_0000_0080_0000L;
  private static final long SIGNS = 0x8000_0000_8000_0000L;

  private FiniteCheck() {}

  /**
   * Looks at little-endian float32 numbers.
   *
   * @param number of the row, for the message
   * @throws InvalidBatchException naming the first one that is not finite
   */
  static void requireFinite(ByteBuffer row, int number) {
    ByteBuffer bytes = row.slice().order(ByteOrder.LITTLE_ENDIAN);
    int pairs = bytes.limit() / Long.BYTES * Long.BYTES;
    long carries = 0;
    for (int at = 0; at < pairs; at += Long.BYTES) {
      carries |= (bytes.getLong(at) & EXPONENTS) + ONES;
    }
    boolean sound = (carries & SIGNS) == 0;
    for (int at = sound ? pairs : 0; at < bytes.limit(); at += Float.BYTES) {
      float value = bytes.getFloat(at);
      if (!Float.isFinite(value)) {
        throw new InvalidBatchException(
            "row %d has %s at index %d; decibels are finite"
                .formatted(number, value, at / Float.BYTES));
      }
    }
  }
}
