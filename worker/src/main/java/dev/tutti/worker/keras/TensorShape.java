package dev.tutti.worker.keras;

import java.util.Arrays;
import java.util.List;

/**
 * The length of each axis of a weight, or of one sample (then without the batch axis): [height,
 * width, channels] for images, [units] for vectors.
 *
 * @param sizes each at least 0
 */
public record TensorShape(List<Integer> sizes) {
  public TensorShape {
    sizes = List.copyOf(sizes);
  }

  /** The shape with these axis lengths. */
  public static TensorShape of(int... sizes) {
    return new TensorShape(Arrays.stream(sizes).boxed().toList());
  }

  /** The number of axes. */
  public int rank() {
    return sizes.size();
  }

  /** The length of one axis, counted from 0. */
  public int size(int axis) {
    return sizes.get(axis);
  }

  /** The length of the last axis. */
  public int channels() {
    return sizes.get(sizes.size() - 1);
  }

  /** The product of all lengths; {@link Long#MAX_VALUE} where it does not fit. */
  public long elements() {
    long product = 1;
    for (int size : sizes) {
      if (size == 0) {
        return 0;
      }
      product = product > Long.MAX_VALUE / size ? Long.MAX_VALUE : product * size;
    }
    return product;
  }

  @Override
  public String toString() {
    return sizes.toString();
  }
}
