package dev.tutti.worker.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of one layer, with accessors that check what they return and name the layer and
 * attribute in every error.
 */
final class LayerConfig {
  private static final List<String> TYPES =
      List.of("float32", "mixed_float16", "mixed_bfloat16", "float16", "bfloat16", "float64");
  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

  private final LayerAddress address;
  private final String kind;
  private final JsonNode config;
  private final JsonNode inbound;
  private final Origin origin;
  private final boolean trainable;

  private LayerConfig(
      LayerAddress address, JsonNode entry, Origin origin, boolean trainableAround) {
    this.address = address;
    this.kind = entry.path("class_name").asText();
    this.config = entry.path("config");
    this.inbound = entry.path("inbound_nodes");
    this.origin = origin;
    this.trainable = trainableAround && config.path("trainable").asBoolean(true);
  }

  /** The outermost model. */
  static LayerConfig model(JsonNode entry, Origin origin) throws ModelFileException {
    LayerConfig model = new LayerConfig(LayerAddress.ROOT, entry, origin, true);
    if (!model.isModel()) {
      throw origin
          .place()
          .unsupported("the model class '" + model.kind + "'; known: Sequential, Functional");
    }
    return model;
  }

  /** The layers of this model as listed. */
  List<LayerConfig> layers() throws ModelFileException {
    JsonNode entries = config.isArray() ? config : config.path("layers");
    if (!entries.isArray() || entries.isEmpty()) {
      throw place().broken("lists no layers");
    }
    List<LayerConfig> layers = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (JsonNode entry : entries) {
      JsonNode name = entry.path("config").path("name");
      if (!entry.path("class_name").isTextual() || !name.isTextual()) {
        throw place().broken("a layer has no class_name or no name");
      }
      String snake = snake(entry.path("class_name").asText());
      int before = seen.merge(snake, 1, Integer::sum) - 1;
      LayerAddress child =
          address.child(name.asText(), before == 0 ? snake : snake + "_" + before, layers.size());
      LayerConfig layer = new LayerConfig(child, entry, origin, trainable);
      layer.checkType();
      layers.add(layer);
    }
    return layers;
  }

  /** Keras's own rule for the names under which a {@code .keras} file stores weights. */
  private static String snake(String kind) {
    return kind.replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** The Keras class of the layer. */
  String kind() {
    return kind;
  }

  /** Whether this is a model in the place of a layer. */
  boolean isModel() {
    return MODELS.contains(kind);
  }

  LayerAddress address() {
    return address;
  }

  /** The layer's own name. */
  String name() {
    return address.name();
  }

  /** The name, with those of the models around the layer before slashes. */
  String path() {
    return address.path();
  }

  /** Whether training changes the layer's weights. */
  boolean trainable() {
    return trainable;
  }

  /** The major version of Keras that wrote the file. */
  int keras() {
    return origin.keras();
  }

  /** In a Functional model, the calls of this layer; missing in a Sequential one. */
  JsonNode inbound() {
    return inbound;
  }

  Place place() {
    return address.isRoot() ? origin.place() : origin.file().layer(address.path());
  }

  /** The place of the outermost model's layer that is or holds this one. */
  Place topPlace() {
    return origin.file().layer(address.top());
  }

  /**
   * The shape of one sample where the layer declares it (Keras 2 and 3 names), or its first layer.
   */
  TensorShape declaredInput() throws ModelFileException {
    if (isModel()) {
      return layers().get(0).declaredInput();
    }
    String key = config.has("batch_shape") ? "batch_shape" : "batch_input_shape";
    JsonNode shape = config.path(key);
    if (shape.size() < 2) {
      throw place().attribute("batch_input_shape").broken("is missing");
    }
    List<Integer> sizes = new ArrayList<>();
    for (int axis = 1; axis < shape.size(); axis++) {
      if (shape.get(axis).isNull()) {
        throw place().attribute(key).unsupported(shape + "; only the batch may be open");
      }
      sizes.add(positive(shape.get(axis), key));
    }
    return new TensorShape(sizes);
  }

  int positive(String key) throws ModelFileException {
    return positive(config.path(key), key);
  }

  /**
   * A pair such as {@code [3, 3]}; a single number stands for both. Along one axis, such as {@code
   * [3]}, it is the width.
   */
  Extent extent(String key, int axes) throws ModelFileException {
    JsonNode value = config.path(key);
    if (value.isArray() && value.size() != axes) {
      throw place().attribute(key).broken("needs a number for each axis, has " + value);
    }
    int first = positive(value.isArray() ? value.get(0) : value, key);
    int last = positive(value.isArray() ? value.get(axes - 1) : value, key);
    return new Extent(axes == 1 ? 1 : first, last);
  }

  Extent extent(String key, int axes, Extent absent) throws ModelFileException {
    return present(key).isPresent() ? extent(key, axes) : absent;
  }

  /** True or false; older files also write 1 and 0. */
  boolean flag(String key, boolean absent) throws ModelFileException {
    JsonNode value = raw(key);
    if (value.isMissingNode()) {
      return absent;
    }
    if (!value.isBoolean() && !(value.isInt() && (value.asInt() == 0 || value.asInt() == 1))) {
      throw place().attribute(key).broken("needs true or false, has " + value);
    }
    return value.asBoolean();
  }

  /** A finite number; absent when the key is missing or null. */
  Optional<Double> number(String key) throws ModelFileException {
    Optional<JsonNode> value = present(key);
    if (value.isPresent() && !(value.get().isNumber() && Double.isFinite(value.get().asDouble()))) {
      throw place().attribute(key).broken("needs a finite number, has " + value.get());
    }
    return value.map(JsonNode::asDouble);
  }

  /** A number, or numbers in lists of any depth, in order; none where the key is missing. */
  List<Double> numbers(String key) throws ModelFileException {
    List<Double> numbers = new ArrayList<>();
    Deque<JsonNode> left = new ArrayDeque<>();
    present(key).ifPresent(left::push);
    while (!left.isEmpty()) {
      JsonNode next = left.pop();
      if (next.isArray()) {
        for (int i = next.size() - 1; i >= 0; i--) {
          left.push(next.get(i));
        }
      } else if (next.isNumber() && Double.isFinite(next.asDouble())) {
        numbers.add(next.asDouble());
      } else {
        throw place().attribute(key).broken("needs finite numbers, has " + next);
      }
    }
    return numbers;
  }

  Padding padding(boolean causal) throws ModelFileException {
    String padding = config.path("padding").asText("valid");
    if (padding.equals("causal") && causal) {
      return Padding.CAUSAL;
    }
    return switch (padding) {
      case "same" -> Padding.SAME;
      case "valid" -> Padding.VALID;
      default ->
          throw place().attribute("padding").unsupported("'" + padding + "'; known: same, valid");
    };
  }

  /** The value under a key as JSON; a missing node where there is none. */
  JsonNode raw(String key) {
    return present(key).orElse(MissingNode.getInstance());
  }

  void requireChannelsLast() throws ModelFileException {
    require("data_format", "channels_last");
  }

  /** For a layer that slides over samples of this many axes, channels among them. */
  void requireRank(TensorShape input, int rank) throws ModelFileException {
    requireChannelsLast();
    if (input.rank() != rank) {
      throw place()
          .broken(
              "needs an input of %s, gets %s"
                  .formatted(rank == 3 ? "[height, width, channels]" : "[steps, channels]", input));
    }
  }

  /** For a layer that works along one axis, which may be given as a list. */
  void requireLastAxis(TensorShape input) throws ModelFileException {
    JsonNode value = raw("axis");
    JsonNode axis = value.isArray() && value.size() == 1 ? value.get(0) : value;
    if (!axis.isMissingNode() && axis.asInt() != -1 && axis.asInt() != input.rank()) {
      throw place().attribute("axis").unsupported(value + "; only the last axis is supported");
    }
  }

  /**
   * Refuses an attribute whose value changes the meaning of the layer in a way that is not
   * implemented.
   */
  void require(String key, String only) throws ModelFileException {
    Optional<JsonNode> value = present(key);
    if (value.isPresent() && !value.get().asText().equals(only)) {
      throw place().attribute(key).unsupported(value.get() + "; only " + only + " is supported");
    }
  }

  /** Mixed and half-precision models are computed in float32, which loses nothing. */
  private void checkType() throws ModelFileException {
    JsonNode dtype = raw("dtype");
    String type =
        dtype.isObject() ? dtype.path("config").path("name").asText() : dtype.asText("float32");
    if (!dtype.isMissingNode() && !TYPES.contains(type)) {
      throw place().attribute("dtype").unsupported(dtype + "; known: " + TYPES);
    }
  }

  private Optional<JsonNode> present(String key) {
    JsonNode value = config.path(key);
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  private int positive(JsonNode value, String key) throws ModelFileException {
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < 1) {
      throw place().attribute(key).broken("needs a whole number of 1 or more, has " + shown(value));
    }
    return value.asInt();
  }

  private static String shown(JsonNode value) {
    return value.isMissingNode() ? "nothing" : value.toString();
  }
}
