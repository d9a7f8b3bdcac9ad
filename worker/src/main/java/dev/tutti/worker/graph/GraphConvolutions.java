package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.Extent;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.Padding;
import dev.tutti.worker.keras.layer.SeparableLayer;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightTensor;
import dev.tutti.worker.keras.layer.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;

/** Adds convolutions over images to a graph. Strides and dilations may differ by axis. */
final class GraphConvolutions {
  private final Ops tf;
  private final ModelWeights weights;
  private final GraphActivations activations;

  GraphConvolutions(Ops tf, ModelWeights weights, GraphActivations activations) {
    this.tf = tf;
    this.weights = weights;
    this.activations = activations;
  }

  Operand<TFloat32> add(KerasLayer.Conv2D layer, Operand<TFloat32> image)
      throws ModelFileException {
    Operand<TFloat32> kernel = kernel(layer.kernel());
    Operand<TFloat32> sum =
        layer.groups() == 1
            ? convolution(image, kernel, layer.window())
            : grouped(image, kernel, layer);
    return activations.add(layer.activation(), biased(sum, layer.bias()));
  }

  Operand<TFloat32> add(SeparableLayer layer, Operand<TFloat32> image) throws ModelFileException {
    if (layer instanceof SeparableLayer.DepthwiseConv2D depthwise) {
      Operand<TFloat32> sum = depthwise(image, kernel(depthwise.kernel()), layer.window());
      return activations.add(depthwise.activation(), biased(sum, depthwise.bias()));
    }
    SeparableLayer.SeparableConv2D separable = (SeparableLayer.SeparableConv2D) layer;
    Operand<TFloat32> each = depthwise(image, kernel(separable.depthwise()), layer.window());
    Window cells = new Window(Extent.ONE, Extent.ONE, Extent.ONE, Padding.VALID);
    Operand<TFloat32> sum = convolution(each, kernel(separable.pointwise()), cells);
    return activations.add(separable.activation(), biased(sum, separable.bias()));
  }

  /** A kernel for a sequence becomes one of height 1. */
  private Operand<TFloat32> kernel(WeightTensor weight) throws ModelFileException {
    TensorShape shape = weight.shape();
    return shape.rank() == 4
        ? weights.constant(weight)
        : weights.constant(weight, TensorShape.of(1, shape.size(0), shape.size(1), shape.size(2)));
  }

  private Operand<TFloat32> convolution(
      Operand<TFloat32> image, Operand<TFloat32> kernel, Window window) {
    return tf.nn.conv2d(
        padded(image, window),
        kernel,
        axes(window.strides()),
        paddingName(window),
        Conv2d.dilations(axes(window.dilation())));
  }

  /** TensorFlow's own grouped convolution exists on GPUs alone. */
  private Operand<TFloat32> grouped(
      Operand<TFloat32> image, Operand<TFloat32> kernel, KerasLayer.Conv2D layer) {
    List<Operand<TFloat32>> sums = new ArrayList<>();
    long groups = layer.groups();
    List<Operand<TFloat32>> images = new ArrayList<>();
    tf.split(tf.constant(3), image, groups).forEach(images::add);
    List<Operand<TFloat32>> kernels = new ArrayList<>();
    tf.split(tf.constant(3), kernel, groups).forEach(kernels::add);
    for (int group = 0; group < groups; group++) {
      sums.add(convolution(images.get(group), kernels.get(group), layer.window()));
    }
    return tf.concat(sums, tf.constant(3));
  }

  /** TensorFlow's depthwise convolution ignores dilations on a CPU; so the kernel is dilated. */
  private Operand<TFloat32> depthwise(
      Operand<TFloat32> image, Operand<TFloat32> kernel, Window window) {
    return tf.nn.depthwiseConv2dNative(
        padded(image, window),
        dilated(kernel, window),
        axes(window.strides()),
        paddingName(window));
  }

  /** The kernel with zeros between its cells. */
  private Operand<TFloat32> dilated(Operand<TFloat32> kernel, Window window) {
    int rows = window.dilation().height();
    int columns = window.dilation().width();
    if (rows == 1 && columns == 1) {
      return kernel;
    }
    int height = window.size().height();
    int width = window.size().width();
    int in = Math.toIntExact(kernel.shape().get(2));
    int out = Math.toIntExact(kernel.shape().get(3));
    Operand<TFloat32> cells =
        tf.reshape(kernel, tf.constant(new int[] {height, 1, width, 1, in, out}));
    int[][] zeros = {{0, 0}, {0, rows - 1}, {0, 0}, {0, columns - 1}, {0, 0}, {0, 0}};
    Operand<TFloat32> wide = tf.pad(cells, tf.constant(zeros), tf.constant(0f));
    return tf.slice(
        tf.reshape(wide, tf.constant(new int[] {height * rows, width * columns, in, out})),
        tf.constant(new int[4]),
        tf.constant(new int[] {(height - 1) * rows + 1, (width - 1) * columns + 1, in, out}));
  }

  private Operand<TFloat32> biased(Operand<TFloat32> sum, Optional<WeightTensor> bias)
      throws ModelFileException {
    return bias.isPresent() ? tf.nn.biasAdd(sum, weights.variable(bias.get())) : sum;
  }

  private Operand<TFloat32> padded(Operand<TFloat32> image, Window window) {
    if (window.padding() != Padding.CAUSAL) {
      return image;
    }
    int before = (window.size().width() - 1) * window.dilation().width();
    int[][] paddings = {{0, 0}, {0, 0}, {before, 0}, {0, 0}};
    return tf.pad(image, tf.constant(paddings), tf.constant(0f));
  }

  private static String paddingName(Window window) {
    return window.padding() == Padding.SAME ? "SAME" : "VALID";
  }

  private static List<Long> axes(Extent extent) {
    return List.of(1L, (long) extent.height(), (long) extent.width(), 1L);
  }
}
