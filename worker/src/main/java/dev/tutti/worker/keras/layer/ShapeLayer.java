package dev.tutti.worker.keras.layer;

import java.util.List;

/** A layer that moves, repeats, adds or drops values and computes nothing. */
public sealed interface ShapeLayer extends KerasLayer {
  /**
   * The same values in the same order in another shape.
   *
   * @param shape of one sample
   */
  record Reshape(String name, TensorShape shape) implements ShapeLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return shape;
    }
  }

  /**
   * Axes in another order.
   *
   * @param axes for each axis of the answer the one of the input, counted from 0 behind the batch
   */
  record Permute(String name, List<Integer> axes) implements ShapeLayer {
    /** Keeps its own copy of the axes. */
    public Permute {
      axes = List.copyOf(axes);
    }

    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return new TensorShape(axes.stream().map(inputs.get(0)::size).toList());
    }
  }

  /** Zeros around an image. */
  record ZeroPadding2D(String name, Margins margins) implements ShapeLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return margins.around(inputs.get(0));
    }
  }

  /** The inner part of an image. */
  record Cropping2D(String name, Margins margins) implements ShapeLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return margins.within(inputs.get(0));
    }
  }

  /**
   * A larger image.
   *
   * @param factor how many cells stand for one
   * @param bilinear cells between the centres of two are their weighted mean; else each cell is
   *     repeated
   */
  record UpSampling2D(String name, Extent factor, boolean bilinear) implements ShapeLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      TensorShape image = inputs.get(0).asImage();
      return image.resized(
          inputs.get(0).rank(),
          (long) image.size(0) * factor.height(),
          (long) image.size(1) * factor.width());
    }
  }
}
