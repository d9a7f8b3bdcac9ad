package dev.tutti.worker.graph;

import dev.tutti.worker.keras.Activation;
import dev.tutti.worker.keras.Extent;
import dev.tutti.worker.keras.KerasLayer;
import dev.tutti.worker.keras.KerasModel;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.WeightTensor;
import dev.tutti.worker.keras.Window;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Adds one model to a graph, layer by layer. Images are [batch, height, width, channels], vectors
 * [rows, units].
 *
 * <p>A matrix product may add in another order for another number of rows. Where images become
 * vectors, the batch is therefore filled up with zero rows to one fixed number: then a sample gets
 * the same bits in every batch.
 */
public final class ModelGraph {
  private final Ops tf;
  private final ModelWeights weights;
  private final int rows;

  /**
   * Adds to the graph of {@code tf}.
   *
   * @param rows of every vector; the largest batch size that will be fed
   */
  public ModelGraph(Ops tf, ModelWeights weights, int rows) {
    this.tf = tf;
    this.weights = weights;
    this.rows = rows;
  }

  /**
   * The model's answer to a batch of images: [rows, units], of which the first ones belong to the
   * samples of the batch.
   *
   * @throws ModelFileException if a weight cannot be read
   */
  public Operand<TFloat32> add(KerasModel model, Operand<TFloat32> input)
      throws ModelFileException {
    Operand<TFloat32> value = input;
    for (KerasLayer layer : model.layers()) {
      boolean image = value.shape().numDimensions() > 2;
      value = add(layer, value);
      if (image && value.shape().numDimensions() == 2) {
        value = filledUp(value);
      }
    }
    return value;
  }

  private Operand<TFloat32> filledUp(Operand<TFloat32> vectors) {
    int units = Math.toIntExact(vectors.shape().get(1));
    Operand<TInt32> missing = tf.math.sub(tf.constant(new int[] {rows, units}), tf.shape(vectors));
    Operand<TInt32> paddings =
        tf.stack(List.of(tf.constant(new int[] {0, 0}), missing), Stack.axis(1L));
    return tf.pad(vectors, paddings, tf.constant(0f));
  }

  private Operand<TFloat32> add(KerasLayer layer, Operand<TFloat32> input)
      throws ModelFileException {
    if (layer instanceof KerasLayer.Conv2D convolution) {
      return convolution(convolution, input);
    } else if (layer instanceof KerasLayer.BatchNormalization normalization) {
      return normalization(normalization, input);
    } else if (layer instanceof KerasLayer.MaxPooling2D pooling) {
      return maximum(pooling.window(), input);
    } else if (layer instanceof KerasLayer.AveragePooling2D pooling) {
      return average(pooling.window(), input);
    } else if (layer instanceof KerasLayer.GlobalAveragePooling2D pooling) {
      return tf.math.mean(input, imageAxes(), Mean.keepDims(pooling.keepDimensions()));
    } else if (layer instanceof KerasLayer.GlobalMaxPooling2D pooling) {
      return tf.reduceMax(input, imageAxes(), ReduceMax.keepDims(pooling.keepDimensions()));
    } else if (layer instanceof KerasLayer.Flatten) {
      return flatten(input);
    } else if (layer instanceof KerasLayer.Dense dense) {
      return dense(dense, input);
    } else if (layer instanceof KerasLayer.ActivationLayer activation) {
      return activate(activation.activation(), input);
    } else if (layer instanceof KerasLayer.ReLU relu) {
      return rectify(relu, input);
    }
    return input; // InputLayer and Dropout
  }

  private Operand<TFloat32> convolution(KerasLayer.Conv2D layer, Operand<TFloat32> input)
      throws ModelFileException {
    Window window = layer.window();
    Operand<TFloat32> sum =
        tf.nn.conv2d(
            input,
            weights.constant(layer.kernel()),
            axes(window.strides()),
            window.padding().name(),
            Conv2d.dilations(axes(window.dilation())));
    return activate(layer.activation(), biased(sum, layer.bias()));
  }

  private Operand<TFloat32> dense(KerasLayer.Dense layer, Operand<TFloat32> input)
      throws ModelFileException {
    Operand<TFloat32> sum = tf.linalg.matMul(input, weights.variable(layer.kernel()));
    return activate(layer.activation(), biased(sum, layer.bias()));
  }

  private Operand<TFloat32> biased(Operand<TFloat32> sum, Optional<WeightTensor> bias)
      throws ModelFileException {
    return bias.isPresent() ? tf.nn.biasAdd(sum, weights.variable(bias.get())) : sum;
  }

  private Operand<TFloat32> normalization(
      KerasLayer.BatchNormalization layer, Operand<TFloat32> input) throws ModelFileException {
    int channels = layer.movingMean().shape().channels();
    boolean image = input.shape().numDimensions() == 4;
    Operand<TFloat32> pixels =
        image ? input : tf.reshape(input, tf.constant(new int[] {-1, 1, 1, channels}));
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
    return image ? normal : tf.reshape(normal, tf.constant(new int[] {-1, channels}));
  }

  private Operand<TFloat32> variableOr(Optional<WeightTensor> weight, int channels, float absent)
      throws ModelFileException {
    return weight.isPresent()
        ? weights.variable(weight.get())
        : tf.fill(tf.constant(new int[] {channels}), tf.constant(absent));
  }

  private Operand<TFloat32> maximum(Window window, Operand<TFloat32> input) {
    return tf.nn.maxPool(
        input, shape(window.size()), shape(window.strides()), window.padding().name());
  }

  private Operand<TFloat32> average(Window window, Operand<TFloat32> input) {
    return tf.nn.avgPool(
        input, axes(window.size()), axes(window.strides()), window.padding().name());
  }

  private Operand<TFloat32> flatten(Operand<TFloat32> input) {
    long units = 1;
    for (int axis = 1; axis < input.shape().numDimensions(); axis++) {
      units *= input.shape().get(axis);
    }
    return tf.reshape(input, tf.constant(new int[] {-1, Math.toIntExact(units)}));
  }

  private Operand<TFloat32> activate(Activation activation, Operand<TFloat32> input) {
    return switch (activation) {
      case LINEAR -> input;
      case RELU -> tf.nn.relu(input);
      case SIGMOID -> tf.math.sigmoid(input);
      case TANH -> tf.math.tanh(input);
    };
  }

  private Operand<TFloat32> rectify(KerasLayer.ReLU layer, Operand<TFloat32> input) {
    Operand<TFloat32> threshold = tf.constant((float) layer.threshold());
    Operand<TFloat32> above =
        layer.maximum().isPresent()
            ? tf.math.minimum(input, tf.constant((float) layer.maximum().getAsDouble()))
            : input;
    Operand<TFloat32> below =
        tf.math.mul(tf.constant((float) layer.negativeSlope()), tf.math.sub(input, threshold));
    return tf.select(tf.math.greaterEqual(input, threshold), above, below);
  }

  private Operand<TInt32> imageAxes() {
    return tf.constant(new int[] {1, 2});
  }

  private Operand<TInt32> shape(Extent extent) {
    return tf.constant(new int[] {1, extent.height(), extent.width(), 1});
  }

  private static List<Long> axes(Extent extent) {
    return List.of(1L, (long) extent.height(), (long) extent.width(), 1L);
  }
}
