package dev.tutti.worker.keras.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
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
  private static final String INBOUND = "inbound_nodes";

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
      List<JsonNode> uses = uses(layer);
      if (uses.isEmpty()) {
        add(new Call(layer.name(), layer, List.of()));
      }
      Place place = layer.place().attribute(INBOUND);
      for (int use = 0; use < uses.size(); use++) {
        List<String> inputs = WiredTensors.in(uses.get(use), place);
        add(new Call(WiredTensors.callName(layer.name(), use), layer, inputs));
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
          throw model.place().broken("its layers form a cycle");
        }
        done.add(call.name());
        ordered.add(checked(call));
      }
    }
    return ordered;
  }

  private static Call checked(Call call) throws ModelFileException {
    if (call.inputs().isEmpty() != call.layer().kind().equals("InputLayer")) {
      throw call.layer().place().attribute(INBOUND).broken("has " + call.inputs());
    }
    return call;
  }

  private void add(Call call) throws ModelFileException {
    if (calls.put(call.name(), call) != null) {
      throw call.layer().place().broken("its name appears twice");
    }
  }

  private static List<JsonNode> uses(LayerConfig layer) throws ModelFileException {
    JsonNode uses = layer.inbound();
    if (!uses.isArray() && !uses.isMissingNode()) {
      throw layer
          .place()
          .attribute(INBOUND)
          .broken("needs a list of calls, has " + LayerAttributes.shown(uses));
    }
    List<JsonNode> calls = new ArrayList<>();
    uses.forEach(calls::add);
    return calls;
  }

  private String only(String key) throws ModelFileException {
    Place place = model.place().attribute(key);
    JsonNode wiring = model.attributes().raw(key);
    List<String> ends = WiredTensors.in(wiring, place);
    if (ends.size() != 1) {
      throw place.unsupported("needs one, has " + ends);
    }
    return ends.get(0);
  }
}
