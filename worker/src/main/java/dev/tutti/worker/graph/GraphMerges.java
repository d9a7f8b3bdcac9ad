package dev.tutti.worker.graph;

import dev.tutti.worker.keras.layer.MergeLayer;
import java.util.List;
import java.util.function.BinaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Adds layers that join several values to a graph. */
final class GraphMerges {
  private final Ops tf;

  GraphMerges(Ops tf) {
    this.tf = tf;
  }

  Operand<TFloat32> add(MergeLayer layer, List<Operand<TFloat32>> inputs) {
    if (layer instanceof MergeLayer.Concatenate concatenate) {
      return tf.concat(inputs, tf.constant(concatenate.axis() + 1));
    }
    MergeLayer.Operation operation = ((MergeLayer.Elementwise) layer).operation();
    Operand<TFloat32> joined = inputs.stream().reduce(of(operation)).orElseThrow();
    return operation == MergeLayer.Operation.AVERAGE
        ? tf.math.div(joined, tf.constant((float) inputs.size()))
        : joined;
  }

  private BinaryOperator<Operand<TFloat32>> of(MergeLayer.Operation operation) {
    return switch (operation) {
      case ADD, AVERAGE -> tf.math::add;
      case SUBTRACT -> tf.math::sub;
      case MULTIPLY -> tf.math::mul;
      case MAXIMUM -> tf.math::maximum;
      case MINIMUM -> tf.math::minimum;
    };
  }
}
