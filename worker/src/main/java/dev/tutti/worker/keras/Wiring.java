package dev.tutti.worker.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who reads whom in a Functional model. Keras 2 and 3 spell it differently. */
final class Wiring {
  private final LayerConfig model;
  private final Map<String, Call> calls = new LinkedHashMap<>();
  private final String output;

  /**
   * One call of a layer.
   *
   * @param name the layer's name; the second call has {@code @1} behind it, and so on
   * @param inputs names of calls
   */
  record Call(String name, LayerConfig layer, List<String> inputs) {}

  Wiring(LayerConfig model, List<LayerConfig> layers) throws ModelFileException {
    this.model = model;
    for (LayerConfig layer : layers) {
      JsonNode uses = layer.inbound();
      if (uses.isEmpty()) {
        add(new Call(layer.name(), layer, List.of()));
      }
      for (int use = 0; use < uses.size(); use++) {
        add(new Call(callName(layer.name(), use), layer, tensors(uses.get(use), layer.place())));
      }
    }
    this.output = only("output_layers");
    only("input_layers");
  }

  /** The call that gives the model's answer. */
  String output() {
    return output;
  }

  /** The calls that the answer depends on, each behind those that it reads. */
  List<Call> inOrder() throws ModelFileException {
    List<Call> ordered = new ArrayList<>();
    Set<String> done = new HashSet<>();
    Set<String> open = new HashSet<>();
    Deque<String> path = new ArrayDeque<>(List.of(output));
    while (!path.isEmpty()) {
      Call call = calls.get(path.peek());
      if (call == null) {
        throw model.place().broken("names a layer '" + path.peek() + "' that is not there");
      }
      if (done.contains(call.name())) {
        path.pop();
      } else if (open.add(call.name())) {
        call.inputs().forEach(path::push);
      } else {
        path.pop();
        if (!done.containsAll(call.inputs())) {
          throw model.place().broken("its layers run in a circle");
        }
        done.add(call.name());
        ordered.add(checked(call));
      }
    }
    return ordered;
  }

  private static Call checked(Call call) throws ModelFileException {
    if (call.inputs().isEmpty() != call.layer().kind().equals("InputLayer")) {
      throw call.layer().place().attribute("inbound_nodes").broken("has " + call.inputs());
    }
    return call;
  }

  private void add(Call call) throws ModelFileException {
    if (calls.put(call.name(), call) != null) {
      throw call.layer().place().broken("its name stands twice");
    }
  }

  private String only(String key) throws ModelFileException {
    List<String> ends = tensors(model.raw(key), model.place().attribute(key));
    if (ends.size() != 1) {
      throw model.place().attribute(key).unsupported("needs one, has " + ends);
    }
    return ends.get(0);
  }

  /**
   * The calls whose results a piece of JSON refers to: ["layer", call, tensor, …] wherever it
   * stands in it.
   */
  private static List<String> tensors(JsonNode wiring, Place place) throws ModelFileException {
    List<String> found = new ArrayList<>();
    if (wiring.isArray() && wiring.size() >= 3 && wiring.get(0).isTextual()) {
      if (!wiring.get(1).canConvertToInt() || wiring.path(2).asInt(-1) != 0) {
        throw place.broken("has no tensor " + wiring);
      }
      return List.of(callName(wiring.get(0).asText(), wiring.get(1).asInt()));
    }
    for (JsonNode part : wiring) {
      found.addAll(tensors(part, place));
    }
    return found;
  }

  private static String callName(String layer, int use) {
    return use == 0 ? layer : layer + "@" + use;
  }
}
