package dev.tutti.worker.graph;

import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.KerasLayer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;

/** Adds elementwise functions to a graph. */
final class GraphActivations {
  private static final float LEAKY_SLOPE = 0.2f;

  private final Ops tf;

  GraphActivations(Ops tf) {
    this.tf = tf;
  }

  Operand<TFloat32> add(Activation activation, Operand<TFloat32> x) {
    return switch (activation) {
      case LINEAR -> x;
      case RELU -> tf.nn.relu(x);
      case RELU6 -> tf.nn.relu6(x);
      case LEAKY_RELU -> tf.nn.leakyRelu(x, LeakyRelu.alpha(LEAKY_SLOPE));
      case ELU -> tf.nn.elu(x);
      case SELU -> tf.nn.selu(x);
      case SIGMOID -> tf.math.sigmoid(x);
      case HARD_SIGMOID_FIFTH ->
          tf.clipByValue(
              tf.math.add(tf.math.mul(x, number(0.2)), number(0.5)), number(0), number(1));
      case HARD_SIGMOID_SIXTH -> hardSigmoid(x);
      case TANH -> tf.math.tanh(x);
      case SWISH -> tf.math.mul(x, tf.math.sigmoid(x));
      case HARD_SWISH -> tf.math.mul(x, hardSigmoid(x));
      case MISH -> tf.math.mul(x, tf.math.tanh(tf.math.softplus(x)));
      case GELU -> half(x, tf.math.erf(tf.math.mul(x, number(Math.sqrt(0.5)))));
      case GELU_TANH -> half(x, tf.math.tanh(geluArgument(x)));
      case SOFTPLUS -> tf.math.softplus(x);
      case SOFTSIGN -> tf.nn.softsign(x);
      case EXPONENTIAL -> tf.math.exp(x);
      case SOFTMAX -> tf.nn.softmax(x);
      case LOG_SOFTMAX -> tf.nn.logSoftmax(x);
    };
  }

  private Operand<TFloat32> hardSigmoid(Operand<TFloat32> x) {
    return tf.math.mul(tf.nn.relu6(tf.math.add(x, number(3))), number(1 / 6.0));
  }

  /** √(2/π) · (x + 0.044715 · x³). */
  private Operand<TFloat32> geluArgument(Operand<TFloat32> x) {
    Operand<TFloat32> cube = tf.math.mul(x, tf.math.square(x));
    return tf.math.mul(
        number(Math.sqrt(2 / Math.PI)), tf.math.add(x, tf.math.mul(number(0.044715), cube)));
  }

  /** x · (1 + y) / 2. */
  private Operand<TFloat32> half(Operand<TFloat32> x, Operand<TFloat32> y) {
    return tf.math.mul(tf.math.mul(number(0.5), x), tf.math.add(number(1), y));
  }

  private Operand<TFloat32> number(double value) {
    return tf.constant((float) value);
  }

  Operand<TFloat32> add(KerasLayer.ReLU layer, Operand<TFloat32> x) {
    Operand<TFloat32> threshold = tf.constant((float) layer.threshold());
    Operand<TFloat32> above =
        layer.maximum().isPresent()
            ? tf.math.minimum(x, tf.constant((float) layer.maximum().getAsDouble()))
            : x;
    Operand<TFloat32> below =
        tf.math.mul(tf.constant((float) layer.negativeSlope()), tf.math.sub(x, threshold));
    return tf.select(tf.math.greaterEqual(x, threshold), above, below);
  }

  Operand<TFloat32> add(KerasLayer.ELU layer, Operand<TFloat32> x) {
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TFloat32> below =
        tf.math.mul(tf.constant((float) layer.alpha()), tf.math.expm1(tf.math.minimum(x, zero)));
    return tf.select(tf.math.greater(x, zero), x, below);
  }
}
