package dev.tutti.worker.keras;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One layer of a model as plain data, as it behaves at inference. Images are [height, width,
 * channels].
 */
public sealed interface KerasLayer {
  /** The layer's name in its model. */
  String name();

  /** The shape of one sample after this layer. The reader has checked that the input fits. */
  TensorShape outputShape(TensorShape input);

  /**
   * Where samples enter.
   *
   * @param shape of one sample
   */
  record InputLayer(String name, TensorShape shape) implements KerasLayer {
    @Override
    public TensorShape outputShape(TensorShape input) {
      return shape;
    }
  }

  /**
   * Cross-correlation with a bank of filters, then bias, then activation.
   *
   * @param kernel [height, width, channels in, filters]
   * @param bias [filters]
   */
  record Conv2D(
      String name,
      Window window,
      Activation activation,
      WeightTensor kernel,
      Optional<WeightTensor> bias)
      implements KerasLayer {
    @Override
    public TensorShape outputShape(TensorShape input) {
      return slide(window, input, kernel.shape().channels());
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
    public TensorShape outputShape(TensorShape input) {
      return input;
    }
  }

  /** The largest value of each window and channel; padding never wins. */
  record MaxPooling2D(String name, Window window) implements KerasLayer {
    @Override
    public TensorShape outputShape(TensorShape input) {
      return slide(window, input, input.channels());
    }
  }

  /** The mean of each window and channel; padding is not counted. */
  record AveragePooling2D(String name, Window window) implements KerasLayer {
    @Override
    public TensorShape outputShape(TensorShape input) {
      return slide(window, input, input.channels());
    }
  }

  /** The mean of each channel. */
  record GlobalAveragePooling2D(String name, boolean keepDimensions) implements KerasLayer {
    @Override
    public TensorShape outputShape(TensorShape input) {
      return pooled(input, keepDimensions);
    }
  }

  /** The largest value of each channel. */
  record GlobalMaxPooling2D(String name, boolean keepDimensions) implements KerasLayer {
    @Override
    public TensorShape outputShape(TensorShape input) {
      return pooled(input, keepDimensions);
    }
  }

  /** All values in row-major order. */
  record Flatten(String name) implements KerasLayer {
    @Override
    public TensorShape outputShape(TensorShape input) {
      return TensorShape.of(Math.toIntExact(input.elements()));
    }
  }

  /**
   * x · kernel + bias, then activation.
   *
   * @param kernel [inputs, units]
   * @param bias [units]
   */
  record Dense(String name, Activation activation, WeightTensor kernel, Optional<WeightTensor> bias)
      implements KerasLayer {
    @Override
    public TensorShape outputShape(TensorShape input) {
      return TensorShape.of(kernel.shape().channels());
    }
  }

  /** Does something in training only. */
  record Dropout(String name) implements KerasLayer {
    @Override
    public TensorShape outputShape(TensorShape input) {
      return input;
    }
  }

  /** An activation that stands alone. */
  record ActivationLayer(String name, Activation activation) implements KerasLayer {
    @Override
    public TensorShape outputShape(TensorShape input) {
      return input;
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
    public TensorShape outputShape(TensorShape input) {
      return input;
    }
  }

  private static TensorShape slide(Window window, TensorShape input, int channels) {
    return TensorShape.of(
        window.outputHeight(input.size(0)), window.outputWidth(input.size(1)), channels);
  }

  private static TensorShape pooled(TensorShape input, boolean keepDimensions) {
    return keepDimensions
        ? TensorShape.of(1, 1, input.channels())
        : TensorShape.of(input.channels());
  }
}
