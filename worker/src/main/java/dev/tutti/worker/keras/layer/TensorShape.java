package dev.tutti.worker.keras.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

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

  /** This shape with another last axis. */
  public TensorShape withChannels(int channels) {
    List<Integer> changed = new ArrayList<>(sizes);
    changed.set(sizes.size() - 1, channels);
    return new TensorShape(changed);
  }

  /** [height, width, channels] of an image, or of a sequence seen as an image of one row. */
  public TensorShape asImage() {
    return rank() == 2 ? of(1, size(0), size(1)) : this;
  }

  /** This image with another height and width, as a sequence again where it was one. */
  TensorShape resized(int rank, long height, long width) {
    int rows = clamped(height);
    int columns = clamped(width);
    return rank == 2 ? of(columns, channels()) : of(rows, columns, channels());
  }

  /** What is left where all axes but the last are summed up. */
  TensorShape pooled(boolean keepDimensions) {
    if (!keepDimensions) {
      return of(channels());
    }
    List<Integer> ones = new ArrayList<>(Collections.nCopies(rank() - 1, 1));
    ones.add(channels());
    return new TensorShape(ones);
  }

  /** Whether this shape and another of the same rank agree but for axes of length 1. */
  public boolean spreadsWith(TensorShape other) {
    return rank() == other.rank()
        && IntStream.range(0, rank())
            .allMatch(
                axis -> size(axis) == other.size(axis) || size(axis) == 1 || other.size(axis) == 1);
  }

  /** The longer of each two axes. */
  public TensorShape spread(TensorShape other) {
    return new TensorShape(
        IntStream.range(0, rank())
            .mapToObj(axis -> Math.max(size(axis), other.size(axis)))
            .toList());
  }

  /** Whether all axes but one agree. */
  public boolean joins(TensorShape other, int along) {
    return rank() == other.rank()
        && IntStream.range(0, rank())
            .allMatch(axis -> axis == along || size(axis) == other.size(axis));
  }

  /** This shape with one axis as long as both together. */
  TensorShape joined(TensorShape other, int along) {
    List<Integer> longer = new ArrayList<>(sizes);
    longer.set(along, clamped((long) size(along) + other.size(along)));
    return new TensorShape(longer);
  }

  /** A length that is beyond every limit stays so. */
  private static int clamped(long size) {
    return (int) Math.min(Math.max(size, 0), Integer.MAX_VALUE);
  }

  @Override
  public String toString() {
    return sizes.toString();
  }
}
