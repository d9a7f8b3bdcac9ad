package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.SeparableLayer;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A layer that is a kernel, a bias and an activation.
 *
 * @param layer as it stands in the model
 * @param kernel whose last axes are the channels of the answer
 * @param bias [channels]
 */
record LinearLayer(
    KerasLayer layer, Activation activation, WeightTensor kernel, Optional<WeightTensor> bias) {
  static Optional<LinearLayer> of(KerasLayer layer) {
    if (layer instanceof KerasLayer.Conv2D conv) {
      return Optional.of(new LinearLayer(layer, conv.activation(), conv.kernel(), conv.bias()));
    } else if (layer instanceof KerasLayer.Dense dense) {
      return Optional.of(new LinearLayer(layer, dense.activation(), dense.kernel(), dense.bias()));
    } else if (layer instanceof SeparableLayer.DepthwiseConv2D conv) {
      return Optional.of(new LinearLayer(layer, conv.activation(), conv.kernel(), conv.bias()));
    } else if (layer instanceof SeparableLayer.SeparableConv2D conv) {
      return Optional.of(new LinearLayer(layer, conv.activation(), conv.pointwise(), conv.bias()));
    }
    return Optional.empty();
  }

  /** This layer with its sums, before the activation, multiplied and shifted by channel. */
  LinearLayer scaled(double[] scale, double[] shift, DerivedWeights weights)
      throws ModelFileException {
    double[] numbers = ChannelAffine.numbersOr(weights, bias, scale.length, 0);
    for (int c = 0; c < numbers.length; c++) {
      numbers[c] = numbers[c] * scale[c] + shift[c];
    }
    weights.scale(kernel, scale);
    return withBias(numbers, weights);
  }

  /**
   * This Dense layer for inputs to which so much was added by channel, the channel being the last
   * axis of what was flattened.
   */
  LinearLayer shifted(double[] inputShift, DerivedWeights weights) throws ModelFileException {
    int units = kernel.shape().channels();
    double[] numbers = ChannelAffine.numbersOr(weights, bias, units, 0);
    weights.read(kernel, new ShiftedSums(inputShift, numbers));
    return withBias(numbers, weights);
  }

  private LinearLayer withBias(double[] numbers, DerivedWeights weights) {
    WeightTensor present =
        bias.orElseGet(
            () -> new WeightTensor(kernel.layer(), "bias", TensorShape.of(numbers.length)));
    weights.replace(present, numbers);
    return of(withBias(Optional.of(present))).orElseThrow();
  }

  private KerasLayer withBias(Optional<WeightTensor> after) {
    if (layer instanceof KerasLayer.Conv2D l) {
      return new KerasLayer.Conv2D(
          l.name(), l.window(), l.groups(), l.activation(), l.kernel(), after);
    } else if (layer instanceof KerasLayer.Dense l) {
      return new KerasLayer.Dense(l.name(), l.activation(), l.kernel(), after);
    } else if (layer instanceof SeparableLayer.DepthwiseConv2D l) {
      return new SeparableLayer.DepthwiseConv2D(
          l.name(), l.window(), l.activation(), l.kernel(), after);
    }
    SeparableLayer.SeparableConv2D l = (SeparableLayer.SeparableConv2D) layer;
    return new SeparableLayer.SeparableConv2D(
        l.name(), l.window(), l.activation(), l.depthwise(), l.pointwise(), after);
  }

  /** Adds shift · kernel to sums, piece by piece of the kernel. */
  private static final class ShiftedSums implements Consumer<ByteBuffer> {
    private final double[] shift;
    private final double[] sums;
    private int input;
    private int unit;

    ShiftedSums(double[] shift, double[] sums) {
      this.shift = shift;
      this.sums = sums;
    }

    @Override
    public void accept(ByteBuffer piece) {
      FloatBuffer numbers = piece.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      while (numbers.hasRemaining()) {
        sums[unit] += shift[input] * numbers.get();
        unit++;
        if (unit == sums.length) {
          unit = 0;
          input = (input + 1) % shift.length;
        }
      }
    }
  }
}
