package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.Extent;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.SeparableLayer;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightTensor;
import dev.tutti.worker.keras.layer.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads convolutions over images and over sequences. */
final class ConvolutionReader {
  private final LayerConfig config;
  private final TensorShape input;
  private final LayerWeights weights;
  private final int axes;

  /**
   * A reader for one layer.
   *
   * @param axes along which the window slides: 2, or 1 for sequences
   */
  ConvolutionReader(LayerConfig config, TensorShape input, LayerWeights weights, int axes)
      throws ModelFileException {
    this.config = config;
    this.input = input;
    this.weights = weights;
    this.axes = axes;
    config.attributes().requireRank(input, axes + 1);
  }

  KerasLayer convolution() throws ModelFileException {
    Window window = window();
    int filters = config.attributes().positive("filters");
    int groups = config.attributes().positive("groups", 1);
    if (input.channels() % groups != 0 || filters % groups != 0) {
      throw config
          .place()
          .attribute("groups")
          .broken(
              "%d groups cannot share %d channels and %d filters"
                  .formatted(groups, input.channels(), filters));
    }
    WeightTensor kernel =
        weights.next("kernel", kernel(window.size(), input.channels() / groups, filters));
    return new KerasLayer.Conv2D(
        config.path(), window, groups, ActivationReader.of(config), kernel, bias(filters));
  }

  KerasLayer depthwise() throws ModelFileException {
    Window window = evenWindow();
    int multiplier = multiplier();
    WeightTensor kernel =
        weights.next("depthwise_kernel", kernel(window.size(), input.channels(), multiplier));
    return new SeparableLayer.DepthwiseConv2D(
        config.path(),
        window,
        ActivationReader.of(config),
        kernel,
        bias(input.channels() * multiplier));
  }

  KerasLayer separable() throws ModelFileException {
    Window window = evenWindow();
    int multiplier = multiplier();
    int filters = config.attributes().positive("filters");
    WeightTensor depthwise =
        weights.next("depthwise_kernel", kernel(window.size(), input.channels(), multiplier));
    WeightTensor pointwise =
        weights.next(
            "pointwise_kernel", kernel(Extent.ONE, input.channels() * multiplier, filters));
    return new SeparableLayer.SeparableConv2D(
        config.path(), window, ActivationReader.of(config), depthwise, pointwise, bias(filters));
  }

  private Window window() throws ModelFileException {
    Window window =
        new Window(
            config.attributes().extent("kernel_size", axes),
            config.attributes().extent("strides", axes, Extent.ONE),
            config.attributes().extent("dilation_rate", axes, Extent.ONE),
            config.attributes().padding(axes == 1));
    if (!window.strides().equals(Extent.ONE) && !window.dilation().equals(Extent.ONE)) {
      throw config.place().unsupported("both strides and dilation_rate above 1");
    }
    return window;
  }

  /** A window with equal strides; one row has nothing to stride over. */
  private Window evenWindow() throws ModelFileException {
    Window window = window();
    if (axes == 1) {
      Extent strides = new Extent(window.strides().width(), window.strides().width());
      return new Window(window.size(), strides, window.dilation(), window.padding());
    }
    if (window.strides().height() != window.strides().width()) {
      throw config
          .place()
          .attribute("strides")
          .unsupported(
              LayerAttributes.shown(config.attributes().raw("strides"))
                  + "; a depthwise convolution needs equal ones");
    }
    return window;
  }

  private int multiplier() throws ModelFileException {
    int multiplier = config.attributes().positive("depth_multiplier", 1);
    if (multiplier > Integer.MAX_VALUE / input.channels()) {
      throw config.place().attribute("depth_multiplier").broken("is too large: " + multiplier);
    }
    return multiplier;
  }

  private TensorShape kernel(Extent size, int in, int out) {
    List<Integer> sizes = new ArrayList<>(List.of(size.width(), in, out));
    if (axes == 2) {
      sizes.add(0, size.height());
    }
    return new TensorShape(sizes);
  }

  private Optional<WeightTensor> bias(int filters) throws ModelFileException {
    return config.attributes().flag("use_bias", true)
        ? Optional.of(weights.next("bias", TensorShape.of(filters)))
        : Optional.empty();
  }
}
