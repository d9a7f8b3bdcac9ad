package dev.tutti.worker.keras.layer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many floating-point operations a sample costs; one multiplication and addition are two. */
public final class LayerCost {
  private LayerCost() {}

  /** The operations of the whole model. */
  public static long flops(KerasModel model) {
    Map<String, TensorShape> shapes = new HashMap<>();
    long sum = 0;
    for (KerasNode node : model.nodes()) {
      sum += flops(node, node.inputs().stream().map(shapes::get).toList());
      shapes.put(node.name(), node.output());
    }
    return sum;
  }

  /**
   * The operations of one node. Activations, biases and elementwise layers count as one for each
   * number put out, poolings as one for each number they look at.
   *
   * @param inputs shapes that it reads
   */
  public static long flops(KerasNode node, List<TensorShape> inputs) {
    KerasLayer layer = node.layer();
    long out = node.output().elements();
    if (layer instanceof KerasLayer.Conv2D convolution) {
      return out + 2 * cells(node) * convolution.kernel().shape().elements();
    } else if (layer instanceof SeparableLayer.DepthwiseConv2D depthwise) {
      return out + 2 * cells(node) * depthwise.kernel().shape().elements();
    } else if (layer instanceof SeparableLayer.SeparableConv2D separable) {
      return out
          + 2 * cells(node) * separable.depthwise().shape().elements()
          + 2 * cells(node) * separable.pointwise().shape().elements();
    } else if (layer instanceof KerasLayer.Dense dense) {
      return out + 2 * cells(node) * dense.kernel().shape().elements();
    } else if (layer instanceof KerasLayer.MaxPooling2D pooling) {
      return out * area(pooling.window());
    } else if (layer instanceof KerasLayer.AveragePooling2D pooling) {
      return out * area(pooling.window());
    } else if (layer instanceof KerasLayer.GlobalAveragePooling2D
        || layer instanceof KerasLayer.GlobalMaxPooling2D) {
      return inputs.get(0).elements();
    } else if (layer instanceof KerasLayer.InputLayer
        || layer instanceof KerasLayer.Flatten
        || layer instanceof KerasLayer.Dropout
        || layer instanceof ShapeLayer) {
      return 0;
    } else if (layer instanceof MergeLayer) {
      return out * (inputs.size() - 1);
    }
    return out;
  }

  private static long cells(KerasNode node) {
    return node.output().elements() / node.output().channels();
  }

  private static long area(Window window) {
    return (long) window.size().height() * window.size().width();
  }
}
