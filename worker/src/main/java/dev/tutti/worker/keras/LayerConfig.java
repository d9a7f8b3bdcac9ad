package dev.tutti.worker.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of one layer, with accessors that check what they return and name the layer and
 * attribute in every error.
 */
final class LayerConfig {
  private final String kind;
  private final String name;
  private final JsonNode config;
  private final JsonNode inbound;
  private final Place place;

  private LayerConfig(String kind, String name, JsonNode entry, Place place) {
    this.kind = kind;
    this.name = name;
    this.config = entry.path("config");
    this.inbound = entry.path("inbound_nodes");
    this.place = place.layer(name);
  }

  static LayerConfig of(JsonNode entry, Place model) throws ModelFileException {
    JsonNode kind = entry.path("class_name");
    JsonNode name = entry.path("config").path("name");
    if (!kind.isTextual() || !name.isTextual()) {
      throw model.attribute("model_config").broken("a layer has no class_name or no name");
    }
    LayerConfig config = new LayerConfig(kind.asText(), name.asText(), entry, model);
    config.requireFloat32();
    return config;
  }

  /** The Keras class of the layer. */
  String kind() {
    return kind;
  }

  String name() {
    return name;
  }

  /** In a Functional model, the calls of this layer; missing in a Sequential one. */
  JsonNode inbound() {
    return inbound;
  }

  Place place() {
    return place;
  }

  /** The shape of one sample where the layer declares it (Keras 2 and 3 names). */
  Optional<TensorShape> declaredInput() throws ModelFileException {
    String key = config.has("batch_shape") ? "batch_shape" : "batch_input_shape";
    if (!config.has(key)) {
      return Optional.empty();
    }
    JsonNode shape = config.get(key);
    List<Integer> sizes = new ArrayList<>();
    for (int axis = 1; axis < shape.size(); axis++) {
      sizes.add(positive(shape.get(axis), key));
    }
    return Optional.of(new TensorShape(sizes));
  }

  int positive(String key) throws ModelFileException {
    return positive(config.path(key), key);
  }

  /** A pair such as {@code [3, 3]}; a single number stands for both. */
  Extent extent(String key) throws ModelFileException {
    JsonNode value = config.path(key);
    if (!value.isArray()) {
      int both = positive(value, key);
      return new Extent(both, both);
    }
    if (value.size() != 2) {
      throw place.attribute(key).broken("needs two numbers, has " + value);
    }
    return new Extent(positive(value.get(0), key), positive(value.get(1), key));
  }

  Extent extent(String key, Extent absent) throws ModelFileException {
    return present(key).isPresent() ? extent(key) : absent;
  }

  boolean flag(String key, boolean absent) throws ModelFileException {
    Optional<JsonNode> value = present(key);
    if (value.isPresent() && !value.get().isBoolean()) {
      throw place.attribute(key).broken("needs true or false, has " + value.get());
    }
    return value.map(JsonNode::asBoolean).orElse(absent);
  }

  /** A finite number; absent when the key is missing or null. */
  Optional<Double> number(String key) throws ModelFileException {
    Optional<JsonNode> value = present(key);
    if (value.isPresent() && !(value.get().isNumber() && Double.isFinite(value.get().asDouble()))) {
      throw place.attribute(key).broken("needs a finite number, has " + value.get());
    }
    return value.map(JsonNode::asDouble);
  }

  Padding padding() throws ModelFileException {
    String padding = config.path("padding").asText("valid");
    return switch (padding) {
      case "same" -> Padding.SAME;
      case "valid" -> Padding.VALID;
      default ->
          throw place.attribute("padding").unsupported("'" + padding + "'; known: same, valid");
    };
  }

  Activation activation() throws ModelFileException {
    JsonNode value = config.path("activation");
    JsonNode function = value.isObject() ? value.path("config") : value;
    String text = function.isMissingNode() || function.isNull() ? "linear" : function.asText("");
    Optional<Activation> activation = Activation.ofKeras(text);
    if (activation.isEmpty()) {
      throw place
          .attribute("activation")
          .unsupported(value + " is unknown; known: " + Activation.known());
    }
    return activation.get();
  }

  /** The value under a key as JSON; a missing node where there is none. */
  JsonNode raw(String key) {
    return present(key).orElse(MissingNode.getInstance());
  }

  /**
   * Refuses an attribute whose value changes the meaning of the layer in a way that is not
   * implemented.
   */
  void require(String key, String only) throws ModelFileException {
    Optional<JsonNode> value = present(key);
    if (value.isPresent() && !value.get().asText().equals(only)) {
      throw place.attribute(key).unsupported(value.get() + "; only " + only + " is supported");
    }
  }

  private void requireFloat32() throws ModelFileException {
    JsonNode dtype = raw("dtype");
    String type =
        dtype.isObject() ? dtype.path("config").path("name").asText() : dtype.asText("float32");
    if (!dtype.isMissingNode() && !type.equals("float32")) {
      throw place.attribute("dtype").unsupported(dtype + "; only float32 is supported");
    }
  }

  private Optional<JsonNode> present(String key) {
    JsonNode value = config.path(key);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  private int positive(JsonNode value, String key) throws ModelFileException {
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < 1) {
      throw place.attribute(key).broken("needs a whole number of 1 or more, has " + shown(value));
    }
    return value.asInt();
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.toString();
  }
}
