package dev.tutti.worker.training.network;

import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.KerasNode;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts a model together, layer on layer, with its numbers in memory. */
final class LayerStack {
  private final List<KerasNode> nodes = new ArrayList<>();
  private final Map<WeightTensor, float[]> numbers = new HashMap<>();

  /** A weight of these numbers, row-major. */
  WeightTensor weight(String layer, String role, float[] values, int... sizes) {
    WeightTensor weight = new WeightTensor(layer, role, TensorShape.of(sizes));
    if (weight.shape().elements() != values.length) {
      throw new IllegalArgumentException("%s of %d numbers".formatted(weight, values.length));
    }
    numbers.put(weight, values);
    return weight;
  }

  /** Puts a layer on the last one. */
  TensorShape add(KerasLayer layer) {
    return add(layer, nodes.isEmpty() ? List.of() : List.of(nodes.get(nodes.size() - 1).name()));
  }

  /** Puts a layer on the layers of these names. */
  TensorShape add(KerasLayer layer, List<String> inputs) {
    List<TensorShape> shapes =
        inputs.stream()
            .map(
                name ->
                    nodes.stream()
                        .filter(node -> node.name().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .output())
            .toList();
    TensorShape output = layer.outputShape(shapes);
    nodes.add(new KerasNode(layer.name(), layer, inputs, output));
    return output;
  }

  WeightedModel model() {
    return new WeightedModel(
        new KerasModel(nodes), weight -> FloatBuffer.wrap(numbers.get(weight)).asReadOnlyBuffer());
  }
}
