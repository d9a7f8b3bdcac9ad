package dev.tutti.worker.graph;

import dev.tutti.worker.keras.layer.Margins;
import dev.tutti.worker.keras.layer.ShapeLayer;
import dev.tutti.worker.keras.layer.TensorShape;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Adds layers that move values to a graph. */
final class GraphShapes {
  private final Ops tf;

  GraphShapes(Ops tf) {
    this.tf = tf;
  }

  /**
   * One layer.
   *
   * @param output the shape of a sample behind it
   */
  Operand<TFloat32> add(ShapeLayer layer, Operand<TFloat32> value, TensorShape output) {
    if (layer instanceof ShapeLayer.Reshape) {
      return reshape(value, output);
    } else if (layer instanceof ShapeLayer.Permute permute) {
      int[] axes = new int[permute.axes().size() + 1];
      for (int axis = 1; axis < axes.length; axis++) {
        axes[axis] = permute.axes().get(axis - 1) + 1;
      }
      return tf.linalg.transpose(value, tf.constant(axes));
    }
    Operand<TFloat32> image = reshape(value, imageShape(value));
    return reshape(onImage(layer, image, output), output);
  }

  private Operand<TFloat32> onImage(ShapeLayer layer, Operand<TFloat32> image, TensorShape output) {
    TensorShape shape = output.asImage();
    if (layer instanceof ShapeLayer.ZeroPadding2D padding) {
      Margins margins = padding.margins();
      int[][] paddings = {
        {0, 0}, {margins.top(), margins.bottom()}, {margins.left(), margins.right()}, {0, 0}
      };
      return tf.pad(image, tf.constant(paddings), tf.constant(0f));
    } else if (layer instanceof ShapeLayer.Cropping2D cropping) {
      int[] begin = {0, cropping.margins().top(), cropping.margins().left(), 0};
      int[] size = {-1, shape.size(0), shape.size(1), -1};
      return tf.slice(image, tf.constant(begin), tf.constant(size));
    }
    ShapeLayer.UpSampling2D upSampling = (ShapeLayer.UpSampling2D) layer;
    Operand<TInt32> size = tf.constant(new int[] {shape.size(0), shape.size(1)});
    return upSampling.bilinear()
        ? tf.image.resizeBilinear(image, size, ResizeBilinear.halfPixelCenters(true))
        : tf.image.resizeNearestNeighbor(image, size, ResizeNearestNeighbor.halfPixelCenters(true));
  }

  /** The same values as samples of another shape. */
  Operand<TFloat32> reshape(Operand<TFloat32> value, TensorShape shape) {
    if (sampleShape(value).equals(shape)) {
      return value;
    }
    int[] sizes = new int[shape.rank() + 1];
    sizes[0] = -1;
    for (int axis = 1; axis < sizes.length; axis++) {
      sizes[axis] = shape.size(axis - 1);
    }
    return tf.reshape(value, tf.constant(sizes));
  }

  /** A sequence as an image of one row. */
  static TensorShape imageShape(Operand<TFloat32> value) {
    return sampleShape(value).asImage();
  }

  /** The shape of one sample of a batch. */
  static TensorShape sampleShape(Operand<?> value) {
    int[] sizes = new int[value.shape().numDimensions() - 1];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = Math.toIntExact(value.shape().get(axis + 1));
    }
    return TensorShape.of(sizes);
  }
}
