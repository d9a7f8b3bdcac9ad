package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.ScaleLayer;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightTensor;
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
    config.attributes().requireLastAxis(input);
    config.attributes().requireOff("renorm");
    Optional<WeightTensor> gamma = optional("scale", "gamma");
    Optional<WeightTensor> beta = optional("center", "beta");
    TensorShape channels = TensorShape.of(input.channels());
    WeightTensor mean = weights.statistic("moving_mean", channels);
    WeightTensor variance = weights.statistic("moving_variance", channels);
    return new KerasLayer.BatchNormalization(config.path(), epsilon(), gamma, beta, mean, variance);
  }

  KerasLayer layerNormalization() throws ModelFileException {
    config.attributes().requireLastAxis(input);
    config.attributes().requireOff("rms_scaling");
    return new ScaleLayer.LayerNormalization(
        config.path(), epsilon(), optional("scale", "gamma"), optional("center", "beta"));
  }

  KerasLayer rescaling() throws ModelFileException {
    boolean moved = config.attributes().has("offset");
    List<Double> scale = config.attributes().numbers("scale");
    List<Double> offset = moved ? config.attributes().numbers("offset") : List.of(0.0);
    return new ScaleLayer.Rescaling(
        config.path(), fitting("scale", scale), fitting("offset", offset));
  }

  /** Statistics stand in the configuration where they were given, else among the weights. */
  KerasLayer normalization() throws ModelFileException {
    boolean invert = config.attributes().flag("invert", false);
    List<Integer> axes = axes();
    if (!config.attributes().raw("mean").isMissingNode()) {
      return given(
          config.attributes().numbers("mean"),
          config.attributes().numbers("variance"),
          axes,
          invert);
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
          .unsupported(
              LayerAttributes.shown(config.attributes().raw("axis"))
                  + " with a given mean; only the last axis is supported");
    }
    List<Double> scale = new ArrayList<>();
    List<Double> offset = new ArrayList<>();
    for (int i = 0; i < fitting("mean", mean).size(); i++) {
      double square = variance.get(fitting("variance", variance).size() == 1 ? 0 : i);
      if (square < 0) {
        throw config.attributes().broken("variance", "needs numbers of 0 or more");
      }
      double deviation = Math.sqrt(square);
      scale.add(invert ? deviation : 1 / Math.max(deviation, LEAST_DEVIATION));
      offset.add(invert ? mean.get(i) : -mean.get(i) / Math.max(deviation, LEAST_DEVIATION));
    }
    return new ScaleLayer.Rescaling(config.path(), scale, offset);
  }

  /** The axes that have statistics of their own, counted from 0 behind the batch. */
  private List<Integer> axes() throws ModelFileException {
    List<Integer> axes = new ArrayList<>();
    if (config.attributes().has("axis")) {
      for (int axis : config.attributes().integers("axis")) {
        int index = axis < 0 ? axis + input.rank() : axis - 1;
        if (index < 0 || index >= input.rank() || axes.contains(index)) {
          throw config.attributes().broken("axis", "needs axes of " + input);
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
    float epsilon = (float) config.attributes().number("epsilon", 1e-3);
    if (epsilon <= 0) {
      throw config.attributes().broken("epsilon", "needs a positive number");
    }
    return epsilon;
  }

  private Optional<WeightTensor> optional(String flag, String role) throws ModelFileException {
    return config.attributes().flag(flag, true)
        ? Optional.of(weights.next(role, TensorShape.of(input.channels())))
        : Optional.empty();
  }
}
