package dev.tutti.worker.keras.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.UnsupportedModelException;
import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.TensorShape;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads activations, as an attribute of a layer or as a layer. The attribute is a function's name,
 * or an object that holds one, or a whole layer without weights, which then runs behind the one
 * that has the attribute.
 */
final class ActivationReader {
  private static final Set<String> ENDING =
      Set.of(
          "Activation",
          "Conv1D",
          "Conv2D",
          "Dense",
          "DepthwiseConv1D",
          "DepthwiseConv2D",
          "SeparableConv1D",
          "SeparableConv2D");

  /** Layers that may stand for a function. */
  private static final Set<String> LAYERS =
      Set.of("Activation", "ELU", "LeakyReLU", "ReLU", "Softmax");

  /** A function of Keras or TensorFlow, named with its module. */
  private static final Pattern DOTTED =
      Pattern.compile("(?:keras|tf_keras|tensorflow|tf)\\.(?:\\w+\\.)*(\\w+)");

  private ActivationReader() {}

  /** The function that a layer ends with; the linear one where a layer does it. */
  static Activation of(LayerConfig config) throws ModelFileException {
    JsonNode value = config.attributes().raw("activation");
    if (value.isMissingNode() || layerBehind(config).isPresent()) {
      return Activation.LINEAR;
    }
    JsonNode function = value.isObject() ? value.path("config") : value;
    Optional<Activation> activation =
        function.isTextual()
            ? Activation.ofKeras(plain(function.asText()), config.keras())
            : Optional.empty();
    return activation.orElseThrow(() -> unknown(config, value));
  }

  /** The layer that a layer ends with. */
  static Optional<LayerConfig> layerBehind(LayerConfig config) throws ModelFileException {
    JsonNode value = config.attributes().raw("activation");
    String kind = value.path("class_name").asText();
    if (!ENDING.contains(config.kind()) || !value.isObject() || kind.equals("function")) {
      return Optional.empty();
    }
    if (!LAYERS.contains(kind)) {
      throw unknown(config, value);
    }
    if (!value.path("config").isObject()) {
      throw config.attributes().broken("activation", "needs the config of its layer " + kind);
    }
    return Optional.of(config.activation(value));
  }

  static KerasLayer layer(LayerConfig config) throws ModelFileException {
    return new KerasLayer.ActivationLayer(config.path(), of(config));
  }

  static KerasLayer relu(LayerConfig config) throws ModelFileException {
    boolean limited = config.attributes().has("max_value");
    return new KerasLayer.ReLU(
        config.path(),
        limited ? OptionalDouble.of(notNegative(config, "max_value")) : OptionalDouble.empty(),
        notNegative(config, "negative_slope"),
        notNegative(config, "threshold"));
  }

  static KerasLayer leakyRelu(LayerConfig config) throws ModelFileException {
    LayerAttributes attributes = config.attributes();
    double slope = attributes.number("alpha", attributes.number("negative_slope", 0.3));
    return new KerasLayer.ReLU(config.path(), OptionalDouble.empty(), slope, 0.0);
  }

  static KerasLayer elu(LayerConfig config) throws ModelFileException {
    return new KerasLayer.ELU(config.path(), config.attributes().number("alpha", 1.0));
  }

  static KerasLayer softmax(LayerConfig config, TensorShape input) throws ModelFileException {
    config.attributes().requireLastAxis(input);
    return new KerasLayer.ActivationLayer(config.path(), Activation.SOFTMAX);
  }

  private static double notNegative(LayerConfig config, String key) throws ModelFileException {
    double number = config.attributes().number(key, 0.0);
    if (number < 0) {
      throw config.attributes().broken(key, "needs a number of 0 or more");
    }
    return number;
  }

  private static String plain(String name) {
    Matcher dotted = DOTTED.matcher(name);
    return dotted.matches() ? dotted.group(1) : name;
  }

  private static UnsupportedModelException unknown(LayerConfig config, JsonNode value) {
    return config
        .place()
        .attribute("activation")
        .unsupported(
            "%s is unknown; known: %s, and the layers %s"
                .formatted(
                    LayerAttributes.shown(value),
                    Activation.known(),
                    String.join(", ", LAYERS.stream().sorted().toList())));
  }
}
