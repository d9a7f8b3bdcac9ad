package dev.tutti.worker.bank.input;

/**
 * How bytes become decibels: value = scale x byte + offset.
 *
 * @param scale positive and finite
 * @param offset finite
 */
public record Quantization(float scale, float offset) {
  private static final int LARGEST_BYTE = 255;

  /**
   * Checks the numbers.
   *
   * @param row that it belongs to, for the message
   * @throws InvalidBatchException if one is out of its range, or the largest byte would not be
   *     finite
   */
  void check(int row) {
    if (!(scale > 0 && Float.isFinite(scale))) {
      throw new InvalidBatchException(
          "row %d has the quantization scale %s; scales are positive and finite"
              .formatted(row, scale));
    }
    if (!Float.isFinite(offset) || !Float.isFinite(scale * LARGEST_BYTE + offset)) {
      throw new InvalidBatchException(
          "row %d has the quantization scale %s and offset %s; all values must be finite"
              .formatted(row, scale, offset));
    }
  }
}
