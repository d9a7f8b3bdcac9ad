package dev.tutti.worker.keras.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.MergeLayer;
import dev.tutti.worker.keras.layer.TensorShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads layers that join several inputs. */
final class MergeReader {
  private static final Map<String, MergeLayer.Operation> OPERATIONS =
      Map.of(
          "Add", MergeLayer.Operation.ADD,
          "Subtract", MergeLayer.Operation.SUBTRACT,
          "Multiply", MergeLayer.Operation.MULTIPLY,
          "Average", MergeLayer.Operation.AVERAGE,
          "Maximum", MergeLayer.Operation.MAXIMUM,
          "Minimum", MergeLayer.Operation.MINIMUM);

  private MergeReader() {}

  /** The layer; empty where it is of another kind. */
  static Optional<KerasLayer> read(LayerConfig config, List<TensorShape> inputs)
      throws ModelFileException {
    if (config.kind().equals("Concatenate")) {
      return Optional.of(concatenate(config, inputs));
    }
    MergeLayer.Operation operation = OPERATIONS.get(config.kind());
    return operation == null
        ? Optional.empty()
        : Optional.of(elementwise(config, inputs, operation));
  }

  private static KerasLayer elementwise(
      LayerConfig config, List<TensorShape> inputs, MergeLayer.Operation operation)
      throws ModelFileException {
    if (operation == MergeLayer.Operation.SUBTRACT && inputs.size() != 2) {
      throw config.place().broken("needs two inputs, gets " + inputs);
    }
    TensorShape joined = inputs.get(0);
    for (TensorShape input : inputs) {
      if (input.rank() != joined.rank()) {
        throw config.place().unsupported("inputs of different rank: " + inputs);
      }
      if (!input.spreadsWith(joined)) {
        throw config.place().broken("gets inputs that do not fit together: " + inputs);
      }
      joined = joined.spread(input);
    }
    return new MergeLayer.Elementwise(config.path(), operation);
  }

  private static KerasLayer concatenate(LayerConfig config, List<TensorShape> inputs)
      throws ModelFileException {
    JsonNode value = config.attributes().raw("axis");
    int rank = inputs.get(0).rank();
    int given = config.attributes().integer("axis", -1);
    long axis = given < 0 ? (long) given + rank : given - 1;
    if (axis < 0 || axis >= rank) {
      throw config
          .place()
          .attribute("axis")
          .broken(
              "names no axis of "
                  + inputs.get(0)
                  + " behind the batch: "
                  + LayerAttributes.shown(value));
    }
    for (TensorShape input : inputs) {
      if (!inputs.get(0).joins(input, (int) axis)) {
        throw config.place().broken("gets inputs that do not fit together: " + inputs);
      }
    }
    return new MergeLayer.Concatenate(config.path(), (int) axis);
  }
}
