package dev.tutti.worker.graph;

import dev.tutti.worker.keras.Activation;
import dev.tutti.worker.keras.KerasLayer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Adds elementwise functions to a graph. */
final class GraphActivations {
  private final Ops tf;

  GraphActivations(Ops tf) {
    this.tf = tf;
  }

  Operand<TFloat32> add(Activation activation, Operand<TFloat32> x) {
    return switch (activation) {
      case LINEAR -> x;
      case RELU -> tf.nn.relu(x);
      case SIGMOID -> tf.math.sigmoid(x);
      case TANH -> tf.math.tanh(x);
    };
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
