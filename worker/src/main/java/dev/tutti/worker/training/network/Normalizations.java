package dev.tutti.worker.training.network;

import dev.tutti.worker.keras.layer.KerasLayer;
import java.util.Map;
import java.util.Optional;

/** Batch normalizations of trained variables. */
final class Normalizations {
  private Normalizations() {}

  /** Puts one on the last layer, of the variables whose names begin with {@code variable}. */
  static void add(
      LayerStack stack,
      String layer,
      String variable,
      int channels,
      Map<String, float[]> variables) {
    stack.add(
        new KerasLayer.BatchNormalization(
            layer,
            Network.EPSILON,
            Optional.of(
                stack.weight(
                    layer, "gamma", variables.get("average/" + variable + "/gamma"), channels)),
            Optional.of(
                stack.weight(
                    layer, "beta", variables.get("average/" + variable + "/beta"), channels)),
            stack.weight(layer, "moving_mean", variables.get(variable + "/mean"), channels),
            stack.weight(
                layer, "moving_variance", variables.get(variable + "/variance"), channels)));
  }
}
