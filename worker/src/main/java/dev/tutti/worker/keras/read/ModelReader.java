package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.KerasNode;
import dev.tutti.worker.keras.layer.TensorShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the nodes of a model of the calls in its configuration. */
final class ModelReader {
  /**
   * A layer that puts out more numbers a sample than this (0.5 GiB) is refused before anything is
   * reserved for it.
   */
  private static final long MAX_ACTIVATIONS = 1L << 27;

  private final StoredWeights weights;

  ModelReader(StoredWeights weights) {
    this.weights = weights;
  }

  /** Reads calls of which each stands behind those whose results it takes. */
  KerasModel read(List<LayerCall> calls) throws ModelFileException {
    List<KerasNode> nodes = new ArrayList<>();
    Map<String, TensorShape> shapes = new HashMap<>();
    for (LayerCall call : calls) {
      if (call.inputs().isEmpty() && !nodes.isEmpty()) {
        throw call.config().place().unsupported("a second input; models have one");
      }
      List<TensorShape> inputs = call.inputs().stream().map(shapes::get).toList();
      KerasLayer layer = layer(call, inputs);
      TensorShape output = checked(layer.outputShape(inputs), call.config());
      shapes.put(call.name(), output);
      nodes.add(new KerasNode(call.name(), layer, call.inputs(), output));
    }
    weights.finish();
    return new KerasModel(nodes);
  }

  private KerasLayer layer(LayerCall call, List<TensorShape> inputs) throws ModelFileException {
    LayerConfig config = call.config();
    if (inputs.isEmpty()) {
      return new KerasLayer.InputLayer(call.name(), config.declaredInput());
    }
    LayerWeights demands = new LayerWeights(config);
    KerasLayer layer = LayerReader.read(config, inputs, demands);
    weights.bind(config, demands);
    return layer;
  }

  private static TensorShape checked(TensorShape shape, LayerConfig config)
      throws ModelFileException {
    if (shape.elements() < 1) {
      throw config
          .place()
          .broken("its window is larger than its input: the output would be " + shape);
    }
    if (shape.elements() > MAX_ACTIVATIONS) {
      throw config
          .place()
          .unsupported("its output %s has more than %d numbers".formatted(shape, MAX_ACTIVATIONS));
    }
    return shape;
  }
}
