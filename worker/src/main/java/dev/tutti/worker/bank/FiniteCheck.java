package dev.tutti.worker.bank;

import dev.tutti.worker.graph.FiniteFloats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Refuses rows with NaN or infinities, which a ReLU or a pooling would turn into numbers that look
 * sound.
 */
final class FiniteCheck {
  private FiniteCheck() {}

  /**
   * Looks at little-endian float32 numbers.
   *
   * @param number of the row, for the message
   * @throws InvalidBatchException naming the first one that is not finite
   */
  static void requireFinite(ByteBuffer row, int number) {
    int index = FiniteFloats.firstOther(row);
    if (index >= 0) {
      float value = row.slice().order(ByteOrder.LITTLE_ENDIAN).getFloat(index * Float.BYTES);
      throw new InvalidBatchException(
          "row %d has %s at index %d; decibels are finite".formatted(number, value, index));
    }
  }
}
