package dev.tutti.worker.keras.layer;

import java.util.List;
import java.util.Optional;

/** A convolution whose filters see one channel each. */
public sealed interface SeparableLayer extends KerasLayer {
  /** How the filters slide. */
  Window window();

  private static int filters(TensorShape kernel) {
    return kernel.size(kernel.rank() - 2) * kernel.channels();
  }

  /**
   * Some filters of its own for each channel, then bias, then activation. The answer holds the
   * channels in order, each with its filters.
   *
   * @param kernel [height, width, channels, filters a channel]
   * @param bias [channels · filters a channel]
   */
  record DepthwiseConv2D(
      String name,
      Window window,
      Activation activation,
      WeightTensor kernel,
      Optional<WeightTensor> bias)
      implements SeparableLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return window.output(inputs.get(0), filters(kernel.shape()));
    }

    @Override
    public List<WeightTensor> weights() {
      return KerasLayer.present(List.of(Optional.of(kernel), bias));
    }
  }

  /**
   * A depthwise convolution without bias, then one over single cells, then bias, then activation.
   *
   * @param depthwise [height, width, channels, filters a channel]
   * @param pointwise [1, 1, channels · filters a channel, filters]
   * @param bias [filters]
   */
  record SeparableConv2D(
      String name,
      Window window,
      Activation activation,
      WeightTensor depthwise,
      WeightTensor pointwise,
      Optional<WeightTensor> bias)
      implements SeparableLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return window.output(inputs.get(0), pointwise.shape().channels());
    }

    @Override
    public List<WeightTensor> weights() {
      return KerasLayer.present(List.of(Optional.of(depthwise), Optional.of(pointwise), bias));
    }
  }
}
