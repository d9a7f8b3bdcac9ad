package dev.tutti.worker.training.network;

import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.Extent;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.MergeLayer;
import dev.tutti.worker.keras.layer.Padding;
import dev.tutti.worker.keras.layer.ShapeLayer;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.Window;
import dev.tutti.worker.training.data.BandProjection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Family models of plain Keras layers that compute what the training graph computes with its
 * averaged weights: from [1025, 126, 1] in dB to one probability.
 *
 * <p>The projection to bands and the scaling of levels are one 1x1 convolution with the bins as its
 * channels; the local contrast is another. (A kernel as high as the spectrogram would need no
 * permutation, but TensorFlow 2.18's oneDNN asks for a terabyte of scratch memory for that.)
 */
public final class FamilyModels {
  private final NetworkShape shape;
  private final Map<String, float[]> variables;
  private final float[] projection;

  /**
   * Models of trained variables.
   *
   * @param variables by name, as {@link Variables#read} gives them
   */
  public FamilyModels(
      NetworkShape shape, Map<String, float[]> variables, BandProjection projection) {
    this.shape = shape;
    this.variables = variables;
    this.projection = new float[BandProjection.BINS * BandProjection.BANDS];
    for (int i = 0; i < this.projection.length; i++) {
      this.projection[i] =
          projection.weight(i / BandProjection.BANDS, i % BandProjection.BANDS)
              / Network.LEVEL_SCALE;
    }
  }

  /**
   * A model.
   *
   * @param name of its own layers' variables: a family, or {@link TrainingStage#JOINT}
   * @param output which of the answers, from 0
   */
  public WeightedModel model(String name, int output) {
    LayerStack stack = new LayerStack();
    TensorShape image = front(stack);
    for (int i = 0; i < shape.shared().size(); i++) {
      image = block(stack, TrainingStage.SHARED + "/" + i, shape.shared().get(i), image);
    }
    for (int i = 0; i < shape.own().size(); i++) {
      image = block(stack, name + "/" + i, shape.own().get(i), image);
    }
    head(stack, name, output, image);
    return stack.model();
  }

  private TensorShape front(LayerStack stack) {
    float[] offsets = new float[BandProjection.BANDS];
    java.util.Arrays.fill(offsets, Network.LEVEL_OFFSET / Network.LEVEL_SCALE);
    stack.add(
        new KerasLayer.InputLayer(
            "spectrogram", TensorShape.of(BandProjection.BINS, BandProjection.FRAMES, 1)));
    stack.add(new ShapeLayer.Permute("bins_last", List.of(2, 1, 0)));
    stack.add(
        new KerasLayer.Conv2D(
            "bands",
            window(1, 1, 1, 1, Padding.SAME),
            1,
            Activation.LINEAR,
            stack.weight(
                "bands", "kernel", projection, 1, 1, BandProjection.BINS, BandProjection.BANDS),
            Optional.of(stack.weight("bands", "bias", offsets, BandProjection.BANDS))));
    stack.add(new ShapeLayer.Permute("bands_first", List.of(2, 1, 0)));
    return stack.add(
        new KerasLayer.Conv2D(
            "contrast",
            window(Network.CONTRAST_REACH, 1, 1, 1, Padding.SAME),
            1,
            Activation.LINEAR,
            stack.weight(
                "contrast", "kernel", Network.contrastKernel(), Network.CONTRAST_REACH, 1, 1, 2),
            Optional.empty()));
  }

  private TensorShape block(
      LayerStack stack, String name, NetworkShape.Block block, TensorShape input) {
    int filters = block.filters();
    // A file's names hold no slashes: those would say that a model stands within a model.
    String layer = name.replace('/', '_');
    stack.add(
        new KerasLayer.Conv2D(
            layer,
            window(
                block.height(),
                block.width(),
                block.strideHeight(),
                block.strideWidth(),
                Padding.SAME),
            1,
            Activation.LINEAR,
            stack.weight(
                layer,
                "kernel",
                average(name + "/kernel"),
                block.height(),
                block.width(),
                input.channels(),
                filters),
            Optional.empty()));
    Normalizations.add(stack, layer + "_norm", name, filters, variables);
    return stack.add(new KerasLayer.ActivationLayer(layer + "_relu", Activation.RELU));
  }

  private void head(LayerStack stack, String name, int output, TensorShape image) {
    String last = name + "_" + (shape.own().size() - 1) + "_relu";
    Window time = window(1, image.size(1), 1, image.size(1), Padding.VALID);
    stack.add(new KerasLayer.AveragePooling2D("mean_over_time", time), List.of(last));
    stack.add(new KerasLayer.MaxPooling2D("highest_over_time", time), List.of(last));
    stack.add(
        new MergeLayer.Concatenate("over_time", 2), List.of("mean_over_time", "highest_over_time"));
    int inputs = Math.toIntExact(stack.add(new KerasLayer.Flatten("flat")).elements());
    int units = shape.units();
    stack.add(
        new KerasLayer.Dense(
            "hidden",
            Activation.RELU,
            stack.weight("hidden", "kernel", average(name + "/hidden/kernel"), inputs, units),
            Optional.of(stack.weight("hidden", "bias", average(name + "/hidden/bias"), units))));
    stack.add(
        new KerasLayer.Dense(
            "probability",
            Activation.SIGMOID,
            stack.weight(
                "probability", "kernel", column(average(name + "/out/kernel"), output), units, 1),
            Optional.of(
                stack.weight(
                    "probability", "bias", new float[] {average(name + "/out/bias")[output]}, 1))));
  }

  /** One column of [units, outputs]. */
  private float[] column(float[] matrix, int column) {
    int width = matrix.length / shape.units();
    float[] values = new float[shape.units()];
    for (int i = 0; i < values.length; i++) {
      values[i] = matrix[i * width + column];
    }
    return values;
  }

  private float[] average(String name) {
    return variables.get("average/" + name);
  }

  private static Window window(
      int height, int width, int strideHeight, int strideWidth, Padding padding) {
    return new Window(
        new Extent(height, width), new Extent(strideHeight, strideWidth), Extent.ONE, padding);
  }
}
