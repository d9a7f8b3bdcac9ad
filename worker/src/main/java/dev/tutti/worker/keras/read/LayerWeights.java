package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.util.ArrayList;
import java.util.List;

/** The weights that a layer's configuration demands, in the order in which Keras stores them. */
final class LayerWeights {
  private final LayerConfig layer;
  private final List<Demand> demands = new ArrayList<>();

  /**
   * One weight.
   *
   * @param trainable whether training would change it
   * @param used whether it is read; if not, it may be missing
   */
  record Demand(LayerConfig layer, WeightTensor tensor, boolean trainable, boolean used) {}

  LayerWeights(LayerConfig layer) {
    this.layer = layer;
  }

  /** The next weight, one that training changes. */
  WeightTensor next(String role, TensorShape shape) {
    return add(role, shape, layer.trainable());
  }

  /** The next weight, one that training does not change. */
  WeightTensor statistic(String role, TensorShape shape) {
    return add(role, shape, false);
  }

  /** A number that older versions store behind the others and that means nothing here. */
  void unused(String role) {
    demands.add(
        new Demand(layer, new WeightTensor(layer.path(), role, TensorShape.of()), false, false));
  }

  /** What was demanded. */
  List<Demand> demands() {
    return demands;
  }

  private WeightTensor add(String role, TensorShape shape, boolean trainable) {
    WeightTensor tensor = new WeightTensor(layer.path(), role, shape);
    demands.add(new Demand(layer, tensor, trainable, true));
    return tensor;
  }
}
