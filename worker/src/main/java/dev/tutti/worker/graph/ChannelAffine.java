package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasLayer.BatchNormalization;
import dev.tutti.worker.keras.layer.WeightSource;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * x · scale + shift for each channel: what a batch normalization does at inference.
 *
 * @param scale gamma / sqrt(variance + epsilon)
 * @param shift beta - mean · scale
 */
@SuppressWarnings("ArrayRecordComponent") // Lives within one folding; compared nowhere.
record ChannelAffine(double[] scale, double[] shift) {
  static ChannelAffine of(BatchNormalization layer, WeightSource weights)
      throws ModelFileException {
    double[] mean = numbers(weights, layer.movingMean());
    double[] variance = numbers(weights, layer.movingVariance());
    double[] scale = numbersOr(weights, layer.gamma(), mean.length, 1);
    double[] shift = numbersOr(weights, layer.beta(), mean.length, 0);
    for (int c = 0; c < mean.length; c++) {
      scale[c] /= Math.sqrt(variance[c] + layer.epsilon());
      shift[c] -= mean[c] * scale[c];
    }
    return new ChannelAffine(scale, shift);
  }

  double[] magnitudes() {
    return Arrays.stream(scale).map(Math::abs).toArray();
  }

  /** 1 or -1 for each channel. */
  List<Double> signs() {
    return Arrays.stream(scale).mapToObj(s -> s < 0 ? -1.0 : 1.0).toList();
  }

  boolean turnsSigns() {
    return Arrays.stream(scale).anyMatch(s -> s < 0);
  }

  static double[] numbers(WeightSource weights, WeightTensor weight) throws ModelFileException {
    FloatBuffer numbers = weights.read(weight);
    double[] copy = new double[numbers.remaining()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = numbers.get(numbers.position() + i);
    }
    return copy;
  }

  static double[] numbersOr(
      WeightSource weights, Optional<WeightTensor> weight, int channels, double absent)
      throws ModelFileException {
    if (weight.isPresent()) {
      return numbers(weights, weight.get());
    }
    double[] numbers = new double[channels];
    Arrays.fill(numbers, absent);
    return numbers;
  }
}
