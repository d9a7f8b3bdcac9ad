package dev.tutti.worker.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads layers that shift and scale values. */
final class ScaleReader {
  private static final double LEAST_DEVIATION = 1e-7;

  private final LayerConfig config;
  private final TensorShape input;
  private final LayerWeights weights;

  ScaleReader(LayerConfig config, TensorShape input, LayerWeights weights) {
    this.config = config;
    this.input = input;
    this.weights = weights;
  }

  KerasLayer batchNormalization() throws ModelFileException {
    config.requireLastAxis(input);
    config.require("renorm", "false");
    Optional<WeightTensor> gamma = optional("scale", "gamma");
    Optional<WeightTensor> beta = optional("center", "beta");
    TensorShape channels = TensorShape.of(input.channels());
    WeightTensor mean = weights.statistic("moving_mean", channels);
    WeightTensor variance = weights.statistic("moving_variance", channels);
    return new KerasLayer.BatchNormalization(config.path(), epsilon(), gamma, beta, mean, variance);
  }

  KerasLayer layerNormalization() throws ModelFileException {
    config.requireLastAxis(input);
    config.require("rms_scaling", "false");
    return new ScaleLayer.LayerNormalization(
        config.path(), epsilon(), optional("scale", "gamma"), optional("center", "beta"));
  }

  KerasLayer rescaling() throws ModelFileException {
    List<Double> scale = config.numbers("scale");
    List<Double> offset = config.numbers("offset");
    return new ScaleLayer.Rescaling(
        config.path(),
        fitting("scale", scale.isEmpty() ? List.of(1.0) : scale),
        fitting("offset", offset.isEmpty() ? List.of(0.0) : offset));
  }

  /** Statistics stand in the configuration where they were given, else among the weights. */
  KerasLayer normalization() throws ModelFileException {
    boolean invert = config.flag("invert", false);
    List<Integer> axes = axes();
    if (!config.raw("mean").isMissingNode()) {
      return given(config.numbers("mean"), config.numbers("variance"), axes, invert);
    }
    TensorShape shape = new TensorShape(axes.stream().map(input::size).toList());
    WeightTensor mean = weights.statistic("mean", shape);
    WeightTensor variance = weights.statistic("variance", shape);
    weights.unused("count");
    return new ScaleLayer.Normalization(config.path(), invert, axes, mean, variance);
  }

  private KerasLayer given(
      List<Double> mean, List<Double> variance, List<Integer> axes, boolean invert)
      throws ModelFileException {
    if (axes.size() > 1 || (axes.size() == 1 && axes.get(0) != input.rank() - 1)) {
      throw config
          .place()
          .attribute("axis")
          .unsupported(config.raw("axis") + " with a given mean; only the last axis is supported");
    }
    List<Double> scale = new ArrayList<>();
    List<Double> offset = new ArrayList<>();
    for (int i = 0; i < fitting("mean", mean).size(); i++) {
      double deviation = Math.sqrt(variance.get(fitting("variance", variance).size() == 1 ? 0 : i));
      scale.add(invert ? deviation : 1 / Math.max(deviation, LEAST_DEVIATION));
      offset.add(invert ? mean.get(i) : -mean.get(i) / Math.max(deviation, LEAST_DEVIATION));
    }
    return new ScaleLayer.Rescaling(config.path(), scale, offset);
  }

  /** The axes that have statistics of their own, counted from 0 behind the batch. */
  private List<Integer> axes() throws ModelFileException {
    JsonNode value = config.raw("axis");
    List<Integer> axes = new ArrayList<>();
    for (JsonNode axis : value.isArray() ? value : List.of(value)) {
      if (!axis.isMissingNode()) {
        int index = axis.asInt() < 0 ? axis.asInt() + input.rank() : axis.asInt() - 1;
        if (index < 0 || index >= input.rank() || axes.contains(index)) {
          throw config.place().attribute("axis").broken(value + " names no axes of " + input);
        }
        axes.add(index);
      }
    }
    axes.sort(null);
    return axes;
  }

  private List<Double> fitting(String key, List<Double> numbers) throws ModelFileException {
    if (numbers.size() != 1 && numbers.size() != input.channels()) {
      throw config
          .place()
          .attribute(key)
          .unsupported("%d numbers for %d channels".formatted(numbers.size(), input.channels()));
    }
    return numbers;
  }

  private float epsilon() throws ModelFileException {
    double epsilon = config.number("epsilon").orElse(1e-3);
    if (epsilon <= 0) {
      throw config.place().attribute("epsilon").broken("needs a positive number, has " + epsilon);
    }
    return (float) epsilon;
  }

  private Optional<WeightTensor> optional(String flag, String role) throws ModelFileException {
    return config.flag(flag, true)
        ? Optional.of(weights.next(role, TensorShape.of(input.channels())))
        : Optional.empty();
  }
}
