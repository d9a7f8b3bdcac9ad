package dev.tutti.worker.training.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, 2019) and a running average of the
 * weights. Kernels decay, biases and scales do not.
 */
final class AdamW {
  static final float BETA_1 = 0.9f;
  static final float BETA_2 = 0.999f;
  private static final float EPSILON = 1e-7f;

  private final Ops tf;
  private final Placeholder<TFloat32> rate;
  private final Placeholder<TFloat32> beta1Power;
  private final Placeholder<TFloat32> beta2Power;
  private final Placeholder<TFloat32> averaging;
  private final float decay;

  /**
   * An optimizer.
   *
   * @param decay share of a kernel that is taken away at a step, times the learning rate
   */
  AdamW(Ops tf, float decay) {
    this.tf = tf;
    this.decay = decay;
    rate = scalar();
    beta1Power = scalar();
    beta2Power = scalar();
    averaging = scalar();
  }

  private Placeholder<TFloat32> scalar() {
    return tf.placeholder(TFloat32.class, Placeholder.shape(org.tensorflow.ndarray.Shape.scalar()));
  }

  Placeholder<TFloat32> rate() {
    return rate;
  }

  /** BETA_1 to the power of the step, from 1. */
  Placeholder<TFloat32> beta1Power() {
    return beta1Power;
  }

  Placeholder<TFloat32> beta2Power() {
    return beta2Power;
  }

  /** The share of the old average that stays. */
  Placeholder<TFloat32> averaging() {
    return averaging;
  }

  /** One step of all variables. */
  List<Op> apply(Variables variables, List<Variables.Variable> trainable, Output<?>[] gradients) {
    List<Op> steps = new ArrayList<>();
    List<Op> all = new ArrayList<>();
    for (Output<?> gradient : gradients) {
      all.add(gradient);
    }
    for (int i = 0; i < trainable.size(); i++) {
      steps.add(step(variables, trainable.get(i), gradients[i].expect(TFloat32.class), all));
    }
    return steps;
  }

  private Op step(
      Variables variables,
      Variables.Variable variable,
      Operand<TFloat32> gradient,
      List<Op> gradients) {
    long[] sizes = variable.shape().asArray();
    Ops afterGradients = tf.withControlDependencies(gradients);
    Op first = gradient;
    if (variable.name().endsWith("kernel")) {
      Operand<TFloat32> part = tf.math.mul(rate, tf.constant(decay));
      first =
          afterGradients.assignSubVariableOp(
              variable.handle(), tf.math.mul(part, variable.value()));
    }
    Op adam =
        tf.withControlDependencies(List.of(first))
            .train
            .resourceApplyAdam(
                variable.handle(),
                variables.get("moment1/" + variable.name(), sizes).handle(),
                variables.get("moment2/" + variable.name(), sizes).handle(),
                beta1Power,
                beta2Power,
                rate,
                tf.constant(BETA_1),
                tf.constant(BETA_2),
                tf.constant(EPSILON),
                gradient);
    Ops after = tf.withControlDependencies(List.of(adam));
    Variables.Variable average = variables.get("average/" + variable.name(), sizes);
    Operand<TFloat32> now = after.readVariableOp(variable.handle(), TFloat32.class);
    Operand<TFloat32> way =
        tf.math.mul(tf.math.sub(tf.constant(1f), averaging), tf.math.sub(now, average.value()));
    return tf.assignAddVariableOp(average.handle(), way);
  }
}
