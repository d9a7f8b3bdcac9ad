package dev.tutti.worker.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes one layer of its configuration. */
final class LayerReader {
  private LayerReader() {}

  /** The layer for inputs of these shapes, at least one; tells which weights it needs. */
  static KerasLayer read(LayerConfig config, List<TensorShape> inputs, LayerWeights weights)
      throws ModelFileException {
    Optional<KerasLayer> merge = MergeReader.read(config, inputs);
    if (merge.isPresent()) {
      return merge.get();
    }
    if (inputs.size() != 1) {
      throw config.place().attribute("inbound_nodes").broken("joins " + inputs);
    }
    TensorShape input = inputs.get(0);
    return switch (config.kind()) {
      case "Conv2D" -> convolution(config, input, weights);
      case "BatchNormalization" -> normalization(config, input, weights);
      case "MaxPooling2D" -> new KerasLayer.MaxPooling2D(config.path(), pooling(config, input));
      case "AveragePooling2D" ->
          new KerasLayer.AveragePooling2D(config.path(), pooling(config, input));
      case "GlobalAveragePooling2D" ->
          new KerasLayer.GlobalAveragePooling2D(config.path(), global(config, input));
      case "GlobalMaxPooling2D" ->
          new KerasLayer.GlobalMaxPooling2D(config.path(), global(config, input));
      case "Flatten" -> flatten(config);
      case "Dense" -> dense(config, input, weights);
      case "Dropout", "SpatialDropout2D", "GaussianDropout", "GaussianNoise" ->
          new KerasLayer.Dropout(config.path());
      case "Activation" -> new KerasLayer.ActivationLayer(config.path(), config.activation());
      case "ReLU" -> relu(config);
      case "LeakyReLU" -> leakyRelu(config);
      default ->
          throw config
              .place()
              .unsupported("the layer class " + config.kind() + " is not supported");
    };
  }

  private static KerasLayer convolution(LayerConfig config, TensorShape input, LayerWeights weights)
      throws ModelFileException {
    requireImage(config, input);
    config.require("groups", "1");
    Window window =
        new Window(
            config.extent("kernel_size"),
            config.extent("strides", Extent.ONE),
            config.extent("dilation_rate", Extent.ONE),
            config.padding());
    int filters = config.positive("filters");
    Activation activation = config.activation();
    TensorShape kernel =
        TensorShape.of(window.size().height(), window.size().width(), input.channels(), filters);
    return new KerasLayer.Conv2D(
        config.path(),
        window,
        1,
        activation,
        weights.next("kernel", kernel),
        bias(config, filters, weights));
  }

  private static KerasLayer dense(LayerConfig config, TensorShape input, LayerWeights weights)
      throws ModelFileException {
    if (input.rank() != 1) {
      throw config
          .place()
          .unsupported("a Dense layer on the shape " + input + "; flatten it first");
    }
    int units = config.positive("units");
    Activation activation = config.activation();
    WeightTensor kernel = weights.next("kernel", TensorShape.of(input.channels(), units));
    return new KerasLayer.Dense(config.path(), activation, kernel, bias(config, units, weights));
  }

  private static Optional<WeightTensor> bias(LayerConfig config, int channels, LayerWeights weights)
      throws ModelFileException {
    return optional(config, "use_bias", "bias", channels, weights);
  }

  private static KerasLayer normalization(
      LayerConfig config, TensorShape input, LayerWeights weights) throws ModelFileException {
    JsonNode value = config.raw("axis");
    JsonNode axis = value.isArray() && value.size() == 1 ? value.get(0) : value;
    if (!axis.isMissingNode() && axis.asInt() != -1 && axis.asInt() != input.rank()) {
      throw config
          .place()
          .attribute("axis")
          .unsupported(value + "; only the last axis is supported");
    }
    config.require("renorm", "false");
    double epsilon = config.number("epsilon").orElse(1e-3);
    if (epsilon <= 0) {
      throw config.place().attribute("epsilon").broken("needs a positive number, has " + epsilon);
    }
    int channels = input.channels();
    Optional<WeightTensor> gamma = optional(config, "scale", "gamma", channels, weights);
    Optional<WeightTensor> beta = optional(config, "center", "beta", channels, weights);
    WeightTensor mean = weights.statistic("moving_mean", TensorShape.of(channels));
    WeightTensor variance = weights.statistic("moving_variance", TensorShape.of(channels));
    return new KerasLayer.BatchNormalization(
        config.path(), (float) epsilon, gamma, beta, mean, variance);
  }

  private static Optional<WeightTensor> optional(
      LayerConfig config, String flag, String role, int channels, LayerWeights weights)
      throws ModelFileException {
    return config.flag(flag, true)
        ? Optional.of(weights.next(role, TensorShape.of(channels)))
        : Optional.empty();
  }

  private static Window pooling(LayerConfig config, TensorShape input) throws ModelFileException {
    requireImage(config, input);
    Extent size = config.extent("pool_size");
    return new Window(size, config.extent("strides", size), Extent.ONE, config.padding());
  }

  private static boolean global(LayerConfig config, TensorShape input) throws ModelFileException {
    requireImage(config, input);
    return config.flag("keepdims", false);
  }

  private static KerasLayer flatten(LayerConfig config) throws ModelFileException {
    config.require("data_format", "channels_last");
    return new KerasLayer.Flatten(config.path());
  }

  private static KerasLayer relu(LayerConfig config) throws ModelFileException {
    Optional<Double> maximum = config.number("max_value");
    return new KerasLayer.ReLU(
        config.path(),
        maximum.isPresent() ? OptionalDouble.of(maximum.get()) : OptionalDouble.empty(),
        config.number("negative_slope").orElse(0.0),
        config.number("threshold").orElse(0.0));
  }

  private static KerasLayer leakyRelu(LayerConfig config) throws ModelFileException {
    Optional<Double> alpha = config.number("alpha");
    double slope = alpha.isPresent() ? alpha.get() : config.number("negative_slope").orElse(0.3);
    return new KerasLayer.ReLU(config.path(), OptionalDouble.empty(), slope, 0.0);
  }

  private static void requireImage(LayerConfig config, TensorShape input)
      throws ModelFileException {
    config.require("data_format", "channels_last");
    if (input.rank() != 3) {
      throw config.place().broken("needs an input of [height, width, channels], gets " + input);
    }
  }
}
