package dev.tutti.worker.bench;

import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.Extent;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.KerasNode;
import dev.tutti.worker.keras.layer.Padding;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightTensor;
import dev.tutti.worker.keras.layer.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes models down layer by layer. A layer reads the one before unless it is told what to. */
final class ChainBuilder {
  private static final float EPSILON = 1e-3f;

  private final List<KerasNode> nodes = new ArrayList<>();

  ChainBuilder(TensorShape input) {
    nodes.add(new KerasNode("input", new KerasLayer.InputLayer("input", input), List.of(), input));
  }

  /** The name of the last layer. */
  String last() {
    return nodes.get(nodes.size() - 1).name();
  }

  ChainBuilder add(KerasLayer layer) {
    return add(layer, List.of(last()));
  }

  ChainBuilder add(KerasLayer layer, List<String> inputs) {
    List<TensorShape> shapes = inputs.stream().map(this::shape).toList();
    nodes.add(new KerasNode(layer.name(), layer, inputs, layer.outputShape(shapes)));
    return this;
  }

  ChainBuilder convolution(
      String name, Extent kernel, Extent strides, int filters, Activation activation) {
    TensorShape shape =
        TensorShape.of(kernel.height(), kernel.width(), shape(last()).channels(), filters);
    return add(
        new KerasLayer.Conv2D(
            name,
            new Window(kernel, strides, Extent.ONE, Padding.SAME),
            1,
            activation,
            new WeightTensor(name, "kernel", shape),
            Optional.of(new WeightTensor(name, "bias", TensorShape.of(filters)))));
  }

  ChainBuilder dense(String name, int units, Activation activation, boolean bias) {
    WeightTensor own = new WeightTensor(name, "bias", TensorShape.of(units));
    return add(
        new KerasLayer.Dense(
            name,
            activation,
            new WeightTensor(name, "kernel", TensorShape.of(shape(last()).channels(), units)),
            bias ? Optional.of(own) : Optional.empty()));
  }

  ChainBuilder batchNorm(String name) {
    TensorShape channels = TensorShape.of(shape(last()).channels());
    return add(
        new KerasLayer.BatchNormalization(
            name,
            EPSILON,
            Optional.of(new WeightTensor(name, "gamma", channels)),
            Optional.of(new WeightTensor(name, "beta", channels)),
            new WeightTensor(name, "moving_mean", channels),
            new WeightTensor(name, "moving_variance", channels)));
  }

  /** The largest of each window of cells that do not overlap. */
  ChainBuilder maximum(String name, Extent size) {
    return add(
        new KerasLayer.MaxPooling2D(name, new Window(size, size, Extent.ONE, Padding.VALID)));
  }

  TensorShape shape(String name) {
    return nodes.stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow()
        .output();
  }

  KerasModel build() {
    return new KerasModel(nodes);
  }
}
