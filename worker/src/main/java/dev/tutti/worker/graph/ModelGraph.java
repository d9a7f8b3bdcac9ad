package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.KerasNode;
import dev.tutti.worker.keras.layer.MergeLayer;
import dev.tutti.worker.keras.layer.ScaleLayer;
import dev.tutti.worker.keras.layer.SeparableLayer;
import dev.tutti.worker.keras.layer.ShapeLayer;
import dev.tutti.worker.keras.layer.TensorShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Adds models to a graph, node by node. Images are [batch, height, width, channels], sequences
 * [batch, steps, channels], vectors [rows, units]; {@link GraphRows} says why vectors have another
 * number of rows.
 */
public final class ModelGraph {
  private final Ops tf;
  private final ModelWeights weights;
  private final int rows;
  private final GraphActivations activations;
  private final GraphConvolutions convolutions;
  private final GraphPoolings poolings;
  private final GraphScales scales;
  private final GraphShapes shapes;
  private final GraphMerges merges;

  /**
   * Adds to the graph of {@code tf}.
   *
   * @param rows of every vector; the largest batch size that will be fed
   */
  public ModelGraph(Ops tf, ModelWeights weights, int rows) {
    this.tf = tf;
    this.weights = weights;
    this.rows = rows;
    this.activations = new GraphActivations(tf);
    this.convolutions = new GraphConvolutions(tf, weights, activations);
    this.poolings = new GraphPoolings(tf);
    this.scales = new GraphScales(tf, weights);
    this.shapes = new GraphShapes(tf);
    this.merges = new GraphMerges(tf);
  }

  /**
   * The model's answer to a batch: [rows, units], of which the first ones belong to the samples of
   * the batch; or [batch, …] where a sample's answer is no vector.
   *
   * @throws ModelFileException if a weight cannot be read
   */
  public Operand<TFloat32> add(KerasModel model, Operand<TFloat32> input)
      throws ModelFileException {
    GraphRows batch = new GraphRows(tf, rows, input);
    Map<String, Operand<TFloat32>> values = new HashMap<>();
    Operand<TFloat32> value = input;
    for (KerasNode node : model.nodes()) {
      value =
          node.inputs().isEmpty()
              ? batch.settle(input, false)
              : add(node, node.inputs().stream().map(values::get).toList(), batch);
      values.put(node.name(), value);
    }
    return value;
  }

  /** One node, with the right number of rows. */
  Operand<TFloat32> add(KerasNode node, List<Operand<TFloat32>> inputs, GraphRows batch)
      throws ModelFileException {
    boolean vector = inputs.get(0).shape().numDimensions() == 2;
    return batch.settle(layer(node, inputs, batch), vector);
  }

  private Operand<TFloat32> layer(KerasNode node, List<Operand<TFloat32>> inputs, GraphRows batch)
      throws ModelFileException {
    KerasLayer layer = node.layer();
    Operand<TFloat32> input = inputs.get(0);
    if (layer instanceof MergeLayer merge) {
      return merges.add(merge, inputs);
    } else if (layer instanceof ShapeLayer shape) {
      return shapes.add(shape, input, node.output());
    } else if (layer instanceof ScaleLayer scale) {
      return scales.add(scale, input);
    } else if (layer instanceof KerasLayer.BatchNormalization normalization) {
      return scales.add(normalization, input);
    } else if (layer instanceof KerasLayer.Dense dense) {
      return dense(dense, input, batch);
    } else if (layer instanceof KerasLayer.Flatten) {
      return shapes.reshape(input, node.output());
    } else if (layer instanceof KerasLayer.GlobalAveragePooling2D pooling) {
      return poolings.globalAverage(pooling.keepDimensions(), input);
    } else if (layer instanceof KerasLayer.GlobalMaxPooling2D pooling) {
      return poolings.globalMaximum(pooling.keepDimensions(), input);
    } else if (layer instanceof KerasLayer.ActivationLayer activation) {
      return activations.add(activation.activation(), input);
    } else if (layer instanceof KerasLayer.ReLU relu) {
      return activations.add(relu, input);
    } else if (layer instanceof KerasLayer.ELU elu) {
      return activations.add(elu, input);
    } else if (layer instanceof KerasLayer.Dropout) {
      return input;
    }
    TensorShape image = GraphShapes.imageShape(input);
    return shapes.reshape(sliding(layer, shapes.reshape(input, image)), node.output());
  }

  private Operand<TFloat32> sliding(KerasLayer layer, Operand<TFloat32> image)
      throws ModelFileException {
    if (layer instanceof KerasLayer.Conv2D convolution) {
      return convolutions.add(convolution, image);
    } else if (layer instanceof SeparableLayer separable) {
      return convolutions.add(separable, image);
    } else if (layer instanceof KerasLayer.MaxPooling2D pooling) {
      return poolings.maximum(pooling.window(), image);
    } else if (layer instanceof KerasLayer.AveragePooling2D pooling) {
      return poolings.average(pooling.window(), image);
    }
    throw new IllegalArgumentException("no layer inside a model: " + layer);
  }

  private Operand<TFloat32> dense(KerasLayer.Dense layer, Operand<TFloat32> input, GraphRows batch)
      throws ModelFileException {
    boolean vector = input.shape().numDimensions() == 2;
    TensorShape output = layer.outputShape(List.of(GraphShapes.sampleShape(input)));
    Operand<TFloat32> vectors =
        vector
            ? batch.factors(input)
            : shapes.reshape(batch.filledUp(input), TensorShape.of(layer.kernel().shape().size(0)));
    Operand<TFloat32> sum = tf.linalg.matMul(vectors, weights.variable(layer.kernel()));
    if (layer.bias().isPresent()) {
      sum = tf.nn.biasAdd(sum, weights.variable(layer.bias().get()));
    }
    Operand<TFloat32> filled = vector ? batch.filledUp(sum) : sum;
    Operand<TFloat32> answer = activations.add(layer.activation(), filled);
    return vector ? answer : batch.cut(shapes.reshape(answer, output));
  }
}
