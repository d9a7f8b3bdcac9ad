package dev.tutti.worker.keras;

import java.util.List;

/**
 * A chain of layers.
 *
 * @param input the shape of one sample
 * @param layers in order; the first is the {@link KerasLayer.InputLayer}
 * @param output the shape of one answer
 * @param weights every weight of every layer, in layer order
 */
public record KerasModel(
    TensorShape input, List<KerasLayer> layers, TensorShape output, List<WeightTensor> weights) {
  public KerasModel {
    layers = List.copyOf(layers);
    weights = List.copyOf(weights);
  }

  /** How many numbers the model holds, batch-norm statistics included. */
  public long parameters() {
    return weights.stream().mapToLong(weight -> weight.shape().elements()).sum();
  }
}
