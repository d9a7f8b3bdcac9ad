package dev.tutti.worker.keras;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the layers of a {@code model_config} into the order in which they run. */
final class LayerChain {
  private final Place place;

  LayerChain(Place place) {
    this.place = place;
  }

  /**
   * The layers from the input to the output of a Sequential model, or of a Functional one without
   * branches.
   */
  List<LayerConfig> read(String json) throws ModelFileException {
    JsonNode model = parse(json);
    String kind = model.path("class_name").asText();
    JsonNode config = model.path("config");
    JsonNode layers = config.isArray() ? config : config.path("layers");
    if (!layers.isArray() || layers.isEmpty()) {
      throw place.attribute("model_config").broken("lists no layers");
    }
    List<LayerConfig> listed = new ArrayList<>();
    for (JsonNode layer : layers) {
      listed.add(LayerConfig.of(layer, place));
    }
    return switch (kind) {
      case "Sequential" -> listed;
      case "Functional", "Model" -> inOrder(listed, config);
      default ->
          throw place
              .attribute("model_config")
              .unsupported("the model class '" + kind + "'; known: Sequential, Functional");
    };
  }

  private JsonNode parse(String json) throws ModelFileException {
    try {
      JsonNode model = new ObjectMapper().readTree(json);
      if (model.isObject()) {
        return model;
      }
      throw place.attribute("model_config").broken("is no JSON object");
    } catch (JsonProcessingException e) {
      throw place.attribute("model_config").broken("is no JSON: " + e.getOriginalMessage(), e);
    }
  }

  private List<LayerConfig> inOrder(List<LayerConfig> listed, JsonNode config)
      throws ModelFileException {
    Map<String, LayerConfig> byName = new LinkedHashMap<>();
    for (LayerConfig layer : listed) {
      byName.put(layer.name(), layer);
    }
    List<String> outputs = sources(config.path("output_layers"));
    if (outputs.size() != 1) {
      throw place.attribute("output_layers").unsupported("needs one output, has " + outputs);
    }
    List<LayerConfig> backwards = new ArrayList<>();
    String name = outputs.get(0);
    while (backwards.size() <= listed.size()) {
      LayerConfig layer = byName.get(name);
      if (layer == null) {
        throw place
            .attribute("model_config")
            .broken("names a layer '" + name + "' that is not there");
      }
      backwards.add(layer);
      List<String> sources = sources(layer.inbound());
      if (sources.isEmpty()) {
        Collections.reverse(backwards);
        return backwards;
      }
      if (sources.size() > 1) {
        throw layer.place().attribute("inbound_nodes").unsupported("joins or repeats " + sources);
      }
      name = sources.get(0);
    }
    throw place.attribute("model_config").broken("its layers run in a circle");
  }

  /**
   * The names of the layers that a piece of wiring refers to: ["name", node, tensor, …] wherever it
   * stands in it.
   */
  private static List<String> sources(JsonNode wiring) {
    if (wiring.isArray()
        && wiring.size() >= 3
        && wiring.get(0).isTextual()
        && wiring.get(1).isInt()) {
      return List.of(wiring.get(0).asText());
    }
    List<String> found = new ArrayList<>();
    for (JsonNode part : wiring) {
      found.addAll(sources(part));
    }
    return found;
  }
}
