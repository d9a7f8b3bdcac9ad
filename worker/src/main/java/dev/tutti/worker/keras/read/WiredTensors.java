package dev.tutti.worker.keras.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import java.util.ArrayList;
import java.util.List;

/**
 * The tensors that a Functional model's wiring refers to. Keras 2 writes {@code ["layer", call,
 * tensor, …]} in lists, Keras 3 the arguments of a call, in which such a list is a tensor's
 * history.
 */
final class WiredTensors {
  private static final String TENSOR = "__keras_tensor__";

  private WiredTensors() {}

  /**
   * The calls whose results a piece of wiring refers to, in order.
   *
   * @param place of the wiring, for messages
   */
  static List<String> in(JsonNode wiring, Place place) throws ModelFileException {
    List<String> found = new ArrayList<>();
    if (wiring.isObject() && wiring.has("args")) {
      add(wiring.get("args"), place, found);
      for (JsonNode argument : wiring.path("kwargs")) {
        if (argument.isContainerNode()) {
          add(argument, place, found);
        }
      }
    } else {
      add(wiring, place, found);
    }
    return found;
  }

  /** The name of a layer's call; the first has the layer's own. */
  static String callName(String layer, int use) {
    return use == 0 ? layer : layer + "@" + use;
  }

  private static void add(JsonNode wiring, Place place, List<String> found)
      throws ModelFileException {
    if (wiring.path("class_name").asText().equals(TENSOR)) {
      found.add(call(wiring.path("config").path("keras_history"), place));
    } else if (wiring.path(0).isTextual()) {
      found.add(call(wiring, place));
    } else if (wiring.isArray()) {
      for (JsonNode part : wiring) {
        add(part, place, found);
      }
    } else {
      throw place.broken("needs tensors of layers, has " + LayerAttributes.shown(wiring));
    }
  }

  private static String call(JsonNode history, Place place) throws ModelFileException {
    JsonNode use = history.path(1);
    boolean whole = history.isArray() && history.path(0).isTextual() && use.canConvertToInt();
    if (!whole || !use.isIntegralNumber() || !isZero(history.path(2))) {
      throw place.broken("has no tensor " + LayerAttributes.shown(history));
    }
    return callName(history.get(0).asText(), use.asInt());
  }

  /** Layers that are known here give one tensor each. */
  private static boolean isZero(JsonNode tensor) {
    return tensor.isIntegralNumber() && tensor.canConvertToInt() && tensor.asInt() == 0;
  }
}
