package dev.tutti.worker.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads activations, as an attribute of a layer or as a layer. */
final class ActivationReader {
  private ActivationReader() {}

  /** What a layer ends with. */
  static Activation of(LayerConfig config) throws ModelFileException {
    JsonNode value = config.raw("activation");
    JsonNode function = value.isObject() ? value.path("config") : value;
    String text = function.isMissingNode() || function.isNull() ? "linear" : function.asText("");
    Optional<Activation> activation = Activation.ofKeras(text, config.keras());
    if (activation.isEmpty()) {
      throw config
          .place()
          .attribute("activation")
          .unsupported(value + " is unknown; known: " + Activation.known());
    }
    return activation.get();
  }

  static KerasLayer layer(LayerConfig config) throws ModelFileException {
    return new KerasLayer.ActivationLayer(config.path(), of(config));
  }

  static KerasLayer relu(LayerConfig config) throws ModelFileException {
    Optional<Double> maximum = config.number("max_value");
    return new KerasLayer.ReLU(
        config.path(),
        maximum.isPresent() ? OptionalDouble.of(maximum.get()) : OptionalDouble.empty(),
        config.number("negative_slope").orElse(0.0),
        config.number("threshold").orElse(0.0));
  }

  static KerasLayer leakyRelu(LayerConfig config) throws ModelFileException {
    Optional<Double> alpha = config.number("alpha");
    double slope = alpha.isPresent() ? alpha.get() : config.number("negative_slope").orElse(0.3);
    return new KerasLayer.ReLU(config.path(), OptionalDouble.empty(), slope, 0.0);
  }

  static KerasLayer elu(LayerConfig config) throws ModelFileException {
    return new KerasLayer.ELU(config.path(), config.number("alpha").orElse(1.0));
  }

  static KerasLayer softmax(LayerConfig config, TensorShape input) throws ModelFileException {
    config.requireLastAxis(input);
    return new KerasLayer.ActivationLayer(config.path(), Activation.SOFTMAX);
  }
}
