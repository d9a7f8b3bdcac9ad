package dev.tutti.worker.keras.layer;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The functions that a layer may end with; elementwise but for the two of the softmax kind. */
public enum Activation {
  /** x. */
  LINEAR("linear"),
  /** max(x, 0). */
  RELU("relu"),
  /** min(max(x, 0), 6). */
  RELU6("relu6"),
  /** x where it is positive, 0.2 · x elsewhere. */
  LEAKY_RELU("leaky_relu"),
  /** x where it is positive, exp(x) - 1 elsewhere. */
  ELU("elu"),
  /** 1.0507… · (x where it is positive, 1.6732… · (exp(x) - 1) elsewhere). */
  SELU("selu"),
  /** 1 / (1 + exp(-x)). */
  SIGMOID("sigmoid"),
  /** 0.2 · x + 0.5 within 0..1, as Keras 2 has it. */
  HARD_SIGMOID_FIFTH("hard_sigmoid"),
  /** (x + 3) / 6 within 0..1, as Keras 3 has it. */
  HARD_SIGMOID_SIXTH("hard_sigmoid"),
  /** tanh(x). */
  TANH("tanh"),
  /** x · sigmoid(x). */
  SWISH("swish silu"),
  /** x · (x + 3) / 6, the quotient within 0..1. */
  HARD_SWISH("hard_swish hard_silu"),
  /** x · tanh(softplus(x)). */
  MISH("mish"),
  /** x · (1 + erf(x / √2)) / 2. */
  GELU("gelu"),
  /** x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))) / 2. */
  GELU_TANH("gelu_approximate"),
  /** log(1 + exp(x)). */
  SOFTPLUS("softplus"),
  /** x / (1 + |x|). */
  SOFTSIGN("softsign"),
  /** exp(x). */
  EXPONENTIAL("exponential"),
  /** exp(x) divided by its sum along the last axis. */
  SOFTMAX("softmax softmax_v2"),
  /** The logarithm of {@link #SOFTMAX}. */
  LOG_SOFTMAX("log_softmax");

  /** Keras's names for it, between spaces. */
  private final String names;

  Activation(String names) {
    this.names = names;
  }

  private Stream<String> names() {
    return Arrays.stream(names.split(" ", -1));
  }

  /**
   * The function of a name.
   *
   * @param keras the major version that uses the name
   */
  public static Optional<Activation> ofKeras(String name, int keras) {
    Activation other = keras >= 3 ? HARD_SIGMOID_FIFTH : HARD_SIGMOID_SIXTH;
    return Arrays.stream(values())
        .filter(activation -> activation != other && activation.names().anyMatch(name::equals))
        .findFirst();
  }

  public static String known() {
    return Arrays.stream(values())
        .flatMap(activation -> activation.names())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
