package dev.tutti.worker.keras.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.layer.TensorShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The configuration of one layer: what it is, where it stands, and its attributes. */
final class LayerConfig {
  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");
  private static final List<String> SHAPES = List.of("batch_shape", "batch_input_shape");
  private static final String BUILT = "build_input_shape";

  private final LayerAddress address;
  private final JsonNode entry;
  private final Origin origin;
  private final Optional<LayerConfig> around;
  private final boolean trainable;

  /**
   * A configuration.
   *
   * @param entry the class name and the attributes
   * @param around the model, or the layer, that holds this one
   */
  private LayerConfig(
      LayerAddress address, JsonNode entry, Origin origin, Optional<LayerConfig> around)
      throws ModelFileException {
    this.address = address;
    this.entry = entry;
    this.origin = origin;
    this.around = around;
    boolean free = around.isEmpty() || around.get().trainable;
    this.trainable = attributes().flag("trainable", true) && free;
  }

  /** The outermost model. */
  static LayerConfig model(JsonNode entry, Origin origin) throws ModelFileException {
    LayerConfig model = new LayerConfig(LayerAddress.ROOT, entry, origin, Optional.empty());
    if (!model.isModel()) {
      throw origin
          .place()
          .unsupported("the model class '" + model.kind() + "'; known: Sequential, Functional");
    }
    return model;
  }

  /** The layers of this model as listed. */
  List<LayerConfig> layers() throws ModelFileException {
    JsonNode config = entry.path("config");
    JsonNode entries = config.isArray() ? config : config.path("layers");
    if (!entries.isArray() || entries.isEmpty()) {
      throw place().broken("lists no layers");
    }
    List<LayerConfig> layers = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (JsonNode layer : entries) {
      JsonNode name = layer.path("config").path("name");
      if (!layer.path("class_name").isTextual() || !name.isTextual()) {
        throw place()
            .broken("layer number %d has no class_name or no name".formatted(layers.size()));
      }
      String snake = snake(layer.path("class_name").asText());
      int before = seen.merge(snake, 1, Integer::sum) - 1;
      LayerAddress child =
          address.child(name.asText(), before == 0 ? snake : snake + "_" + before, layers.size());
      layers.add(new LayerConfig(child, layer, origin, Optional.of(this)));
      layers.get(layers.size() - 1).attributes().checkType();
    }
    return layers;
  }

  /**
   * The layer that stands in place of an activation's name.
   *
   * @param json its class name and attributes
   */
  LayerConfig activation(JsonNode json) throws ModelFileException {
    return new LayerConfig(address.child("activation", "", 0), json, origin, Optional.of(this));
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
    return entry.path("class_name").asText();
  }

  /** Whether this is a model in the place of a layer. */
  boolean isModel() {
    return MODELS.contains(kind());
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

  LayerAttributes attributes() {
    return new LayerAttributes(entry.path("config"), place());
  }

  /** In a Functional model, the calls of this layer; missing in a Sequential one. */
  JsonNode inbound() {
    return entry.path("inbound_nodes");
  }

  Place place() {
    return address.isRoot() ? origin.place() : origin.file().layer(address.path());
  }

  /** The place of the outermost model's layer that is or holds this one. */
  Place topPlace() {
    return origin.file().layer(address.top());
  }

  /**
   * The shape of one sample where samples enter: as the layer declares it, or its first layer, or
   * as a model around it was built.
   */
  TensorShape declaredInput() throws ModelFileException {
    if (isModel()) {
      return layers().get(0).declaredInput();
    }
    for (String key : SHAPES) {
      if (attributes().has(key)) {
        return attributes().sampleShape(key);
      }
    }
    for (Optional<LayerConfig> model = around; model.isPresent(); model = model.get().around) {
      if (model.get().attributes().has(BUILT)) {
        return model.get().attributes().sampleShape(BUILT);
      }
    }
    if (entry.path("build_config").has("input_shape")) {
      return new LayerAttributes(entry.path("build_config"), place()).sampleShape("input_shape");
    }
    throw place().attribute("batch_input_shape").broken("is missing");
  }
}
