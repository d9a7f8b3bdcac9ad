package dev.tutti.worker.keras.layer;

/**
 * Cells at the four sides of an image, each number at least 0.
 *
 * @param top rows before the first
 * @param bottom rows behind the last
 * @param left columns before the first
 * @param right columns behind the last
 */
public record Margins(int top, int bottom, int left, int right) {
  TensorShape around(TensorShape shape) {
    return sized(shape, 1);
  }

  TensorShape within(TensorShape shape) {
    return sized(shape, -1);
  }

  private TensorShape sized(TensorShape shape, int sign) {
    TensorShape image = shape.asImage();
    return image.resized(
        shape.rank(),
        image.size(0) + sign * ((long) top + bottom),
        image.size(1) + sign * ((long) left + right));
  }
}
