package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasLayer.Conv2D;
import dev.tutti.worker.keras.layer.KerasLayer.Dense;
import dev.tutti.worker.keras.layer.KerasLayer.MaxPooling2D;
import dev.tutti.worker.keras.layer.KerasNode;
import dev.tutti.worker.keras.layer.ScaleLayer.Rescaling;
import dev.tutti.worker.keras.layer.WeightTensor;
import dev.tutti.worker.keras.layer.Window;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TBfloat16;

/** Adds the layers that gain by bfloat16 to a graph. */
final class RoundedLayers {
  private final Ops tf;
  private final ModelWeights weights;

  RoundedLayers(Ops tf, ModelWeights weights) {
    this.tf = tf;
    this.weights = weights;
  }

  /** Whether a layer is worth rounding its input for. */
  static boolean gains(KerasNode node) {
    if (node.layer() instanceof Conv2D conv) {
      return conv.groups() == 1 && conv.kernel().shape().rank() == 4 && simple(conv.activation());
    }
    return node.layer() instanceof Dense dense
        && simple(dense.activation())
        && node.output().rank() == 1;
  }

  /** Whether a layer can take its input rounded where it is so already. */
  static boolean bears(KerasNode node) {
    KerasLayer layer = node.layer();
    if (layer instanceof MaxPooling2D) {
      return node.output().rank() == 3;
    } else if (layer instanceof KerasLayer.ActivationLayer alone) {
      return simple(alone.activation());
    }
    return layer instanceof KerasLayer.Flatten
        || layer instanceof KerasLayer.Dropout
        || layer instanceof Rescaling
        || gains(node);
  }

  Operand<TBfloat16> add(KerasLayer layer, Operand<TBfloat16> input, GraphRows batch)
      throws ModelFileException {
    if (layer instanceof Conv2D conv) {
      return convolution(conv, input);
    } else if (layer instanceof Dense dense) {
      Operand<TBfloat16> sum =
          tf.linalg.matMul(batch.factors(input), weights.rounded(dense.kernel()));
      return batch.filledUp(activated(dense.activation(), biased(sum, dense.bias())));
    } else if (layer instanceof MaxPooling2D pooling) {
      return GraphPoolings.maximum(tf, pooling.window(), input);
    } else if (layer instanceof KerasLayer.Flatten) {
      int units = Math.toIntExact(GraphShapes.sampleShape(input).elements());
      return tf.reshape(input, tf.constant(new int[] {-1, units}));
    } else if (layer instanceof Rescaling rescaling) {
      return GraphScales.rescaled(tf, rescaling, input);
    } else if (layer instanceof KerasLayer.ActivationLayer alone) {
      return activated(alone.activation(), input);
    }
    return input; // Dropout
  }

  private Operand<TBfloat16> convolution(Conv2D layer, Operand<TBfloat16> input)
      throws ModelFileException {
    Window window = layer.window();
    Operand<TBfloat16> sum =
        tf.nn.conv2d(
            input,
            weights.roundedConstant(layer.kernel()),
            GraphPoolings.axes(window.strides()),
            window.padding().name(),
            Conv2d.dilations(GraphPoolings.axes(window.dilation())));
    return activated(layer.activation(), biased(sum, layer.bias()));
  }

  private Operand<TBfloat16> biased(Operand<TBfloat16> sum, Optional<WeightTensor> bias)
      throws ModelFileException {
    return bias.isPresent() ? tf.nn.biasAdd(sum, weights.rounded(bias.get())) : sum;
  }

  private Operand<TBfloat16> activated(Activation activation, Operand<TBfloat16> sum) {
    return activation == Activation.RELU ? tf.nn.relu(sum) : sum;
  }

  private static boolean simple(Activation activation) {
    return activation == Activation.RELU || activation == Activation.LINEAR;
  }
}
