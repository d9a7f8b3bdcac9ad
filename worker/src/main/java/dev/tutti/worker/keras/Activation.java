package dev.tutti.worker.keras;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The elementwise functions that a layer may end with. */
public enum Activation {
  /** x. */
  LINEAR,
  /** max(x, 0). */
  RELU,
  /** 1 / (1 + exp(-x)). */
  SIGMOID,
  /** tanh(x). */
  TANH;

  static Optional<Activation> ofKeras(String name) {
    return Arrays.stream(values())
        .filter(activation -> activation.kerasName().equals(name))
        .findFirst();
  }

  static String known() {
    return Arrays.stream(values()).map(Activation::kerasName).collect(Collectors.joining(", "));
  }

  private String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
