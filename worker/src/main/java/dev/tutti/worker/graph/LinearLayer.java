package dev.tutti.worker.graph;

import dev.tutti.worker.keras.Activation;
import dev.tutti.worker.keras.KerasLayer;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.SeparableLayer;
import dev.tutti.worker.keras.TensorShape;
import dev.tutti.worker.keras.WeightTensor;
import java.nio.FloatBuffer;
import java.util.Optional;

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
    FloatBuffer rows = weights.read(kernel);
    float[] row = new float[units];
    for (int input = 0; rows.hasRemaining(); input++) {
      double shift = inputShift[input % inputShift.length];
      rows.get(row);
      for (int unit = 0; unit < units; unit++) {
        numbers[unit] += shift * row[unit];
      }
    }
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
}
