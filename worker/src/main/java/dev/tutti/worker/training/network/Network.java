package dev.tutti.worker.training.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Builds the layers behind the projection into a graph, once for training and once for predicting
 * with the averaged weights.
 *
 * <p>Names of variables: {@code PREFIX/LAYER/kernel} and so on; the running average of a weight has
 * {@code average/} before its name.
 */
final class Network {
  static final float EPSILON = 1e-3f;
  private static final float MOMENTUM = 0.99f;
  static final int CONTRAST_REACH = 25;
  static final float LEVEL_OFFSET = 60;
  static final float LEVEL_SCALE = 20;
  private static final float CONTRAST_SCALE = 8;

  private final Ops tf;
  private final Variables variables;
  private final boolean training;
  private final Operand<TInt64> stepSeed;
  private final List<Op> updates = new ArrayList<>();
  private final List<Variables.Variable> trainable = new ArrayList<>();

  /**
   * A builder.
   *
   * @param training with the statistics of the batch and the weights themselves
   * @param stepSeed [2], of random numbers of the step
   */
  Network(Ops tf, Variables variables, boolean training, Operand<TInt64> stepSeed) {
    this.tf = tf;
    this.variables = variables;
    this.training = training;
    this.stepSeed = stepSeed;
  }

  /** What moves the batch normalization's statistics. */
  List<Op> updates() {
    return updates;
  }

  List<Variables.Variable> trainable() {
    return trainable;
  }

  /** [batch, bands, frames, 1] in dB to [batch, bands, frames, 2]: level and local contrast. */
  Operand<TFloat32> front(Operand<TFloat32> levels) {
    float[] kernel = contrastKernel();
    Operand<TFloat32> scaled =
        tf.math.mul(tf.math.add(levels, tf.constant(LEVEL_OFFSET)), tf.constant(1 / LEVEL_SCALE));
    Operand<TFloat32> filters =
        tf.reshape(tf.constant(kernel), tf.constant(new int[] {CONTRAST_REACH, 1, 1, 2}));
    return tf.nn.conv2d(scaled, filters, List.of(1L, 1L, 1L, 1L), "SAME");
  }

  /** [25, 1, 1, 2]: the level itself, and what it has above the mean of an octave around it. */
  static float[] contrastKernel() {
    float[] kernel = new float[CONTRAST_REACH * 2];
    float scale = LEVEL_SCALE / CONTRAST_SCALE;
    for (int i = 0; i < CONTRAST_REACH; i++) {
      boolean centre = i == CONTRAST_REACH / 2;
      kernel[2 * i] = centre ? 1 : 0;
      kernel[2 * i + 1] = scale * ((centre ? 1 : 0) - 1f / CONTRAST_REACH);
    }
    return kernel;
  }

  /** Convolution, batch normalization, ReLU. */
  Operand<TFloat32> block(String name, NetworkShape.Block block, Operand<TFloat32> input) {
    long channels = input.shape().get(3);
    Operand<TFloat32> kernel =
        weight(name + "/kernel", block.height(), block.width(), channels, block.filters());
    Operand<TFloat32> sum =
        tf.nn.conv2d(
            input,
            kernel,
            List.of(1L, (long) block.strideHeight(), (long) block.strideWidth(), 1L),
            "SAME");
    return tf.nn.relu(normalize(name, block.filters(), sum));
  }

  private Operand<TFloat32> normalize(String name, int channels, Operand<TFloat32> input) {
    Operand<TFloat32> gamma = weight(name + "/gamma", channels);
    Operand<TFloat32> beta = weight(name + "/beta", channels);
    Variables.Variable mean = variables.get(name + "/mean", channels);
    Variables.Variable variance = variables.get(name + "/variance", channels);
    if (!training) {
      return tf.nn
          .fusedBatchNorm(
              input,
              gamma,
              beta,
              mean.value(),
              variance.value(),
              FusedBatchNorm.epsilon(EPSILON),
              FusedBatchNorm.isTraining(false))
          .y();
    }
    Operand<TFloat32> none = tf.constant(new float[0]);
    FusedBatchNorm<TFloat32, TFloat32> normal =
        tf.nn.fusedBatchNorm(
            input,
            gamma,
            beta,
            none,
            none,
            FusedBatchNorm.epsilon(EPSILON),
            FusedBatchNorm.isTraining(true));
    move(mean, normal.batchMean());
    move(variance, normal.batchVariance());
    return normal.y();
  }

  private void move(Variables.Variable statistic, Operand<TFloat32> ofBatch) {
    Operand<TFloat32> step =
        tf.math.mul(
            tf.constant(1 - MOMENTUM),
            tf.math.sub(ofBatch, tf.readVariableOp(statistic.handle(), TFloat32.class)));
    updates.add(tf.assignAddVariableOp(statistic.handle(), step));
  }

  /** Mean and maximum over time, then two dense layers: [batch, outputs], before the sigmoid. */
  Operand<TFloat32> head(String name, int units, int outputs, Operand<TFloat32> input) {
    Operand<TInt32> time = tf.constant(2);
    Operand<TFloat32> pooled =
        tf.concat(List.of(tf.math.mean(input, time), tf.reduceMax(input, time)), tf.constant(2));
    int inputs = Math.toIntExact(input.shape().get(1) * input.shape().get(3) * 2);
    Operand<TFloat32> flat = tf.reshape(pooled, tf.constant(new int[] {-1, inputs}));
    Operand<TFloat32> hidden =
        tf.nn.relu(
            tf.nn.biasAdd(
                tf.linalg.matMul(flat, weight(name + "/hidden/kernel", inputs, units)),
                weight(name + "/hidden/bias", units)));
    return tf.nn.biasAdd(
        tf.linalg.matMul(hidden, weight(name + "/out/kernel", units, outputs)),
        weight(name + "/out/bias", outputs));
  }

  /** Convolution, ReLU, batch normalization, max pooling: the notebook's order. */
  Operand<TFloat32> notebookBlock(String name, NetworkShape.Block block, Operand<TFloat32> input) {
    long channels = input.shape().get(3);
    Operand<TFloat32> kernel =
        weight(name + "/kernel", block.height(), block.width(), channels, block.filters());
    Operand<TFloat32> sum =
        tf.nn.biasAdd(
            tf.nn.conv2d(input, kernel, List.of(1L, 1L, 1L, 1L), "SAME"),
            weight(name + "/bias", block.filters()));
    Operand<TFloat32> normal = normalize(name, block.filters(), tf.nn.relu(sum));
    Operand<TInt32> window =
        tf.constant(new int[] {1, block.strideHeight(), block.strideWidth(), 1});
    return tf.nn.maxPool(normal, window, window, "VALID");
  }

  /** Dense, half of it dropped out in training, dense: [batch, 1] before the sigmoid. */
  Operand<TFloat32> notebookHead(String name, int units, Operand<TFloat32> input) {
    int inputs =
        Math.toIntExact(input.shape().get(1) * input.shape().get(2) * input.shape().get(3));
    Operand<TFloat32> flat = tf.reshape(input, tf.constant(new int[] {-1, inputs}));
    Operand<TFloat32> hidden =
        tf.nn.relu(
            tf.nn.biasAdd(
                tf.linalg.matMul(flat, weight(name + "/hidden/kernel", inputs, units)),
                weight(name + "/hidden/bias", units)));
    if (training) {
      hidden = tf.math.mul(hidden, dropout(hidden));
    }
    return tf.nn.biasAdd(
        tf.linalg.matMul(hidden, weight(name + "/out/kernel", units, 1)),
        weight(name + "/out/bias", 1));
  }

  /** 0 or 2 with equal chances, drawn from the step's number. */
  private Operand<TFloat32> dropout(Operand<TFloat32> like) {
    Operand<TFloat32> draw =
        tf.random.statelessRandomUniform(
            tf.constant(like.shape().asArray()), stepSeed, TFloat32.class);
    return tf.math.mul(
        tf.constant(2f),
        tf.dtypes.cast(tf.math.greaterEqual(draw, tf.constant(0.5f)), TFloat32.class));
  }

  private Operand<TFloat32> weight(String name, long... sizes) {
    Variables.Variable variable = variables.get(name, sizes);
    if (training) {
      trainable.add(variable);
      return variable.value();
    }
    return variables.get("average/" + name, sizes).value();
  }
}
