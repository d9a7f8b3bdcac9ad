package dev.tutti.worker.keras.layer;

import java.util.List;

/**
 * One call of a layer: what it reads and what it gives.
 *
 * @param name tells the nodes of a model apart; the layer's name, unless the layer is called again
 * @param layer what is computed; two nodes may share one
 * @param inputs names of the nodes that it reads, in order; none for the input layer alone
 * @param output the shape of one sample of the result
 */
public record KerasNode(String name, KerasLayer layer, List<String> inputs, TensorShape output) {
  public KerasNode {
    inputs = List.copyOf(inputs);
  }
}
