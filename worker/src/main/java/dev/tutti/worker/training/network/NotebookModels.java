package dev.tutti.worker.training.network;

import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.Extent;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.Padding;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.Window;
import dev.tutti.worker.training.data.BandProjection;
import java.util.Map;
import java.util.Optional;

/** Models of the public notebook's layers, of trained variables. */
public final class NotebookModels {
  private NotebookModels() {}

  /** The model of the variables whose names begin with {@code name}. */
  public static WeightedModel model(
      String name, NetworkShape shape, Map<String, float[]> variables) {
    LayerStack stack = new LayerStack();
    TensorShape image =
        stack.add(
            new KerasLayer.InputLayer(
                "spectrogram", TensorShape.of(BandProjection.BINS, BandProjection.FRAMES, 1)));
    for (int i = 0; i < shape.own().size(); i++) {
      image = block(stack, i, shape.own().get(i), name + "/" + i, image, variables);
    }
    int inputs = Math.toIntExact(stack.add(new KerasLayer.Flatten("flat")).elements());
    dense(stack, "hidden", Activation.RELU, inputs, shape.units(), name + "/hidden", variables);
    dense(stack, "probability", Activation.SIGMOID, shape.units(), 1, name + "/out", variables);
    return stack.model();
  }

  private static TensorShape block(
      LayerStack stack,
      int index,
      NetworkShape.Block block,
      String variable,
      TensorShape input,
      Map<String, float[]> variables) {
    int filters = block.filters();
    String layer = "conv_" + index;
    Extent stride = new Extent(block.strideHeight(), block.strideWidth());
    stack.add(
        new KerasLayer.Conv2D(
            layer,
            new Window(
                new Extent(block.height(), block.width()), Extent.ONE, Extent.ONE, Padding.SAME),
            1,
            Activation.RELU,
            stack.weight(
                layer,
                "kernel",
                variables.get("average/" + variable + "/kernel"),
                block.height(),
                block.width(),
                input.channels(),
                filters),
            Optional.of(
                stack.weight(
                    layer, "bias", variables.get("average/" + variable + "/bias"), filters))));
    Normalizations.add(stack, "norm_" + index, variable, filters, variables);
    return stack.add(
        new KerasLayer.MaxPooling2D(
            "pool_" + index, new Window(stride, stride, Extent.ONE, Padding.VALID)));
  }

  private static void dense(
      LayerStack stack,
      String layer,
      Activation activation,
      int inputs,
      int units,
      String variable,
      Map<String, float[]> variables) {
    stack.add(
        new KerasLayer.Dense(
            layer,
            activation,
            stack.weight(
                layer, "kernel", variables.get("average/" + variable + "/kernel"), inputs, units),
            Optional.of(
                stack.weight(
                    layer, "bias", variables.get("average/" + variable + "/bias"), units))));
  }
}
