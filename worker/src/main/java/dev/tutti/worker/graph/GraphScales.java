package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.ScaleLayer;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/** Adds layers that shift and scale values to a graph. */
final class GraphScales {
  private static final float LEAST_DEVIATION = 1e-7f;

  private final Ops tf;
  private final ModelWeights weights;

  GraphScales(Ops tf, ModelWeights weights) {
    this.tf = tf;
    this.weights = weights;
  }

  Operand<TFloat32> add(KerasLayer.BatchNormalization layer, Operand<TFloat32> value)
      throws ModelFileException {
    int channels = layer.movingMean().shape().channels();
    boolean image = value.shape().numDimensions() == 4;
    Operand<TFloat32> pixels =
        image ? value : tf.reshape(value, tf.constant(new int[] {-1, 1, 1, channels}));
    Operand<TFloat32> normal =
        tf.nn
            .fusedBatchNorm(
                pixels,
                variableOr(layer.gamma(), channels, 1),
                variableOr(layer.beta(), channels, 0),
                weights.variable(layer.movingMean()),
                weights.variable(layer.movingVariance()),
                FusedBatchNorm.epsilon(layer.epsilon()),
                FusedBatchNorm.isTraining(false))
            .y();
    return image ? normal : tf.reshape(normal, tf.constant(openBatch(value)));
  }

  Operand<TFloat32> add(ScaleLayer layer, Operand<TFloat32> x) throws ModelFileException {
    if (layer instanceof ScaleLayer.Rescaling rescaling) {
      return rescaled(tf, rescaling, x);
    }
    if (layer instanceof ScaleLayer.Normalization normalization) {
      Operand<TFloat32> mean = spread(normalization.mean(), normalization, x);
      Operand<TFloat32> deviation =
          tf.math.sqrt(spread(normalization.variance(), normalization, x));
      return normalization.invert()
          ? tf.math.add(tf.math.mul(x, deviation), mean)
          : tf.math.div(
              tf.math.sub(x, mean), tf.math.maximum(deviation, tf.constant(LEAST_DEVIATION)));
    }
    return normalized((ScaleLayer.LayerNormalization) layer, x);
  }

  /** Statistics in a shape in which they stand for all other axes. */
  private Operand<TFloat32> spread(
      WeightTensor statistic, ScaleLayer.Normalization layer, Operand<TFloat32> x)
      throws ModelFileException {
    int[] sizes = new int[x.shape().numDimensions()];
    Arrays.fill(sizes, 1);
    for (int i = 0; i < layer.axes().size(); i++) {
      sizes[layer.axes().get(i) + 1] = statistic.shape().size(i);
    }
    return tf.reshape(weights.variable(statistic), tf.constant(sizes));
  }

  private Operand<TFloat32> normalized(ScaleLayer.LayerNormalization layer, Operand<TFloat32> x)
      throws ModelFileException {
    Operand<TFloat32> centred = tf.math.sub(x, mean(x));
    Operand<TFloat32> variance = mean(tf.math.square(centred));
    Operand<TFloat32> inverse = tf.math.rsqrt(tf.math.add(variance, tf.constant(layer.epsilon())));
    Operand<TFloat32> normal = tf.math.mul(centred, inverse);
    if (layer.gamma().isPresent()) {
      normal = tf.math.mul(normal, weights.variable(layer.gamma().get()));
    }
    return layer.beta().isPresent()
        ? tf.math.add(normal, weights.variable(layer.beta().get()))
        : normal;
  }

  private Operand<TFloat32> mean(Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(-1), Mean.keepDims(true));
  }

  /** Adding and multiplying by nothing is left out; folding batch norms leaves much of that. */
  static <T extends TFloating> Operand<T> rescaled(
      Ops tf, ScaleLayer.Rescaling layer, Operand<T> x) {
    Operand<T> scaled = all(layer.scale(), 1) ? x : spread(tf, tf.math::mul, x, layer.scale());
    return all(layer.offset(), 0) ? scaled : spread(tf, tf.math::add, scaled, layer.offset());
  }

  /**
   * One number for all, or one for each channel. Channels are few, and spreading so short a vector
   * over an image is slow; so it is repeated for a whole row of the image.
   */
  private static <T extends TFloating> Operand<T> spread(
      Ops tf, BinaryOperator<Operand<T>> operation, Operand<T> x, List<Double> numbers) {
    Shape shape = x.shape();
    if (numbers.size() == 1 || shape.numDimensions() != 4) {
      return operation.apply(x, constant(tf, numbers, x.type()));
    }
    int width = Math.toIntExact(shape.get(2));
    List<Double> row = Collections.nCopies(width, numbers).stream().flatMap(List::stream).toList();
    int[] sizes = {-1, Math.toIntExact(shape.get(1)), width, Math.toIntExact(shape.get(3))};
    Operand<T> rows = tf.reshape(x, tf.constant(new int[] {-1, row.size()}));
    return tf.reshape(operation.apply(rows, constant(tf, row, x.type())), tf.constant(sizes));
  }

  private static boolean all(List<Double> numbers, double value) {
    return numbers.stream().allMatch(number -> number == value);
  }

  private static <T extends TFloating> Operand<T> constant(
      Ops tf, List<Double> numbers, Class<T> type) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return tf.dtypes.cast(floats.length == 1 ? tf.constant(floats[0]) : tf.constant(floats), type);
  }

  private Operand<TFloat32> variableOr(Optional<WeightTensor> weight, int channels, float absent)
      throws ModelFileException {
    return weight.isPresent()
        ? weights.variable(weight.get())
        : tf.fill(tf.constant(new int[] {channels}), tf.constant(absent));
  }

  private static int[] openBatch(Operand<TFloat32> value) {
    int[] shape = new int[value.shape().numDimensions()];
    shape[0] = -1;
    for (int axis = 1; axis < shape.length; axis++) {
      shape[axis] = Math.toIntExact(value.shape().get(axis));
    }
    return shape;
  }
}
