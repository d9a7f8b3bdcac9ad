package dev.tutti.worker.keras.layer;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One layer of a model as plain data, as it behaves at inference. Images are [height, width,
 * channels]; where a layer slides over an image, a sequence of [steps, channels] counts as an image
 * of one row.
 */
public sealed interface KerasLayer
    permits KerasLayer.InputLayer,
        KerasLayer.Conv2D,
        KerasLayer.Dense,
        KerasLayer.BatchNormalization,
        KerasLayer.MaxPooling2D,
        KerasLayer.AveragePooling2D,
        KerasLayer.GlobalAveragePooling2D,
        KerasLayer.GlobalMaxPooling2D,
        KerasLayer.Flatten,
        KerasLayer.Dropout,
        KerasLayer.ActivationLayer,
        KerasLayer.ReLU,
        KerasLayer.ELU,
        SeparableLayer,
        ShapeLayer,
        ScaleLayer,
        MergeLayer {
  /** The layer's name in its model, with the names of the models around it before slashes. */
  String name();

  /** The shape of one sample after this layer. The reader has checked that the inputs fit. */
  TensorShape outputShape(List<TensorShape> inputs);

  /** The weights in the order in which Keras stores them. */
  default List<WeightTensor> weights() {
    return List.of();
  }

  /** A layer whose answer has the shape of its input. */
  private static TensorShape same(List<TensorShape> inputs) {
    return inputs.get(0);
  }

  /** Those of these weights that there are. */
  static List<WeightTensor> present(List<Optional<WeightTensor>> weights) {
    return weights.stream().flatMap(Optional::stream).toList();
  }

  /**
   * Where samples enter.
   *
   * @param shape of one sample
   */
  record InputLayer(String name, TensorShape shape) implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return shape;
    }
  }

  /**
   * Cross-correlation with a bank of filters, then bias, then activation.
   *
   * @param groups into which input channels and filters are cut; filters of a group see the
   *     channels of that group alone
   * @param kernel [height, width, channels in / groups, filters]; [steps, channels in / groups,
   *     filters] for sequences
   * @param bias [filters]
   */
  record Conv2D(
      String name,
      Window window,
      int groups,
      Activation activation,
      WeightTensor kernel,
      Optional<WeightTensor> bias)
      implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return window.output(inputs.get(0), kernel.shape().channels());
    }

    @Override
    public List<WeightTensor> weights() {
      return present(List.of(Optional.of(kernel), bias));
    }
  }

  /**
   * x · kernel + bias along the last axis, then activation.
   *
   * @param kernel [inputs, units]
   * @param bias [units]
   */
  record Dense(String name, Activation activation, WeightTensor kernel, Optional<WeightTensor> bias)
      implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return inputs.get(0).withChannels(kernel.shape().channels());
    }

    @Override
    public List<WeightTensor> weights() {
      return present(List.of(Optional.of(kernel), bias));
    }
  }

  /**
   * (x - movingMean) / sqrt(movingVariance + epsilon) * gamma + beta for each channel; without
   * gamma 1, without beta 0.
   *
   * @param gamma [channels], as the other three
   */
  record BatchNormalization(
      String name,
      float epsilon,
      Optional<WeightTensor> gamma,
      Optional<WeightTensor> beta,
      WeightTensor movingMean,
      WeightTensor movingVariance)
      implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return same(inputs);
    }

    @Override
    public List<WeightTensor> weights() {
      return present(List.of(gamma, beta, Optional.of(movingMean), Optional.of(movingVariance)));
    }
  }

  /** The largest value of each window and channel; padding never wins. */
  record MaxPooling2D(String name, Window window) implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return window.output(inputs.get(0), inputs.get(0).channels());
    }
  }

  /** The mean of each window and channel; padding is not counted. */
  record AveragePooling2D(String name, Window window) implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return window.output(inputs.get(0), inputs.get(0).channels());
    }
  }

  /** The mean of each channel. */
  record GlobalAveragePooling2D(String name, boolean keepDimensions) implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return inputs.get(0).pooled(keepDimensions);
    }
  }

  /** The largest value of each channel. */
  record GlobalMaxPooling2D(String name, boolean keepDimensions) implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return inputs.get(0).pooled(keepDimensions);
    }
  }

  /** All values in row-major order. */
  record Flatten(String name) implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return TensorShape.of(Math.toIntExact(inputs.get(0).elements()));
    }
  }

  /** Does something in training only. */
  record Dropout(String name) implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return same(inputs);
    }
  }

  /** An activation that stands alone. */
  record ActivationLayer(String name, Activation activation) implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return same(inputs);
    }
  }

  /**
   * min(x, maximum) where x is at least the threshold, negativeSlope · (x - threshold) below it.
   *
   * @param maximum absent: unlimited
   */
  record ReLU(String name, OptionalDouble maximum, double negativeSlope, double threshold)
      implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return same(inputs);
    }
  }

  /** x where it is positive, alpha · (exp(x) - 1) elsewhere. */
  record ELU(String name, double alpha) implements KerasLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return same(inputs);
    }
  }
}
