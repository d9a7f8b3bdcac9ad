package dev.tutti.worker.graph;

import dev.tutti.worker.keras.layer.Extent;
import dev.tutti.worker.keras.layer.Window;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/** Adds poolings to a graph. */
final class GraphPoolings {
  private final Ops tf;

  GraphPoolings(Ops tf) {
    this.tf = tf;
  }

  Operand<TFloat32> maximum(Window window, Operand<TFloat32> image) {
    return maximum(tf, window, image);
  }

  /**
   * TensorFlow's older operation: unlike MaxPoolV2, which Java offers, oneDNN has it, several times
   * faster.
   */
  static <T extends TFloating> Operand<T> maximum(Ops tf, Window window, Operand<T> image) {
    return tf.scope()
        .opBuilder("MaxPool", "MaxPool")
        .addInput(image.asOutput())
        .setAttr("ksize", sizes(window.size()))
        .setAttr("strides", sizes(window.strides()))
        .setAttr("padding", window.padding().name())
        .build()
        .output(0);
  }

  Operand<TFloat32> average(Window window, Operand<TFloat32> image) {
    return tf.nn.avgPool(
        image, axes(window.size()), axes(window.strides()), window.padding().name());
  }

  /** The mean of each channel of images or sequences. */
  Operand<TFloat32> globalAverage(boolean keepDimensions, Operand<TFloat32> value) {
    return tf.math.mean(value, inner(value), Mean.keepDims(keepDimensions));
  }

  /** The largest value of each channel of images or sequences. */
  Operand<TFloat32> globalMaximum(boolean keepDimensions, Operand<TFloat32> value) {
    return tf.reduceMax(value, inner(value), ReduceMax.keepDims(keepDimensions));
  }

  private Operand<TInt32> inner(Operand<TFloat32> value) {
    return tf.constant(value.shape().numDimensions() == 4 ? new int[] {1, 2} : new int[] {1});
  }

  private static long[] sizes(Extent extent) {
    return new long[] {1, extent.height(), extent.width(), 1};
  }

  static List<Long> axes(Extent extent) {
    return List.of(1L, (long) extent.height(), (long) extent.width(), 1L);
  }
}
