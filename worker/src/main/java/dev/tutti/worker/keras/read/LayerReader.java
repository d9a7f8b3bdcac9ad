package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.Extent;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightTensor;
import dev.tutti.worker.keras.layer.Window;
import java.util.List;
import java.util.Optional;

/** Makes one layer of its configuration. */
final class LayerReader {
  private LayerReader() {}

  /** The layer for inputs of these shapes, at least one; tells which weights it needs. */
  static KerasLayer read(LayerConfig config, List<TensorShape> inputs, LayerWeights weights)
      throws ModelFileException {
    Optional<KerasLayer> merge = MergeReader.read(config, inputs);
    if (merge.isPresent()) {
      return merge.get();
    }
    if (inputs.size() != 1) {
      throw config.place().attribute("inbound_nodes").broken("joins " + inputs);
    }
    return switch (config.kind()) {
      case "Conv2D", "Conv1D", "DepthwiseConv2D", "DepthwiseConv1D" ->
          convolution(config, inputs.get(0), weights);
      case "SeparableConv2D", "SeparableConv1D" -> convolution(config, inputs.get(0), weights);
      case "Activation", "ReLU", "LeakyReLU", "ELU", "Softmax" -> activation(config, inputs.get(0));
      case "Flatten", "Reshape", "Permute" ->
          moving(config, new ShapeReader(config, inputs.get(0)));
      case "ZeroPadding1D", "ZeroPadding2D", "Cropping1D", "Cropping2D" ->
          moving(config, new ShapeReader(config, inputs.get(0)));
      case "UpSampling1D", "UpSampling2D" -> moving(config, new ShapeReader(config, inputs.get(0)));
      case "BatchNormalization",
          "BatchNormalizationV1",
          "BatchNormalizationV2",
          "SyncBatchNormalization",
          "LayerNormalization",
          "Normalization",
          "Rescaling" ->
          scaling(config, new ScaleReader(config, inputs.get(0), weights));
      case "Dense" -> dense(config, inputs.get(0), weights);
      case "Dropout", "SpatialDropout1D", "SpatialDropout2D", "AlphaDropout" ->
          new KerasLayer.Dropout(config.path());
      case "GaussianDropout", "GaussianNoise", "ActivityRegularization", "Identity" ->
          new KerasLayer.Dropout(config.path());
      default -> pooling(config, inputs.get(0));
    };
  }

  private static KerasLayer convolution(LayerConfig config, TensorShape input, LayerWeights weights)
      throws ModelFileException {
    int axes = config.kind().endsWith("1D") ? 1 : 2;
    ConvolutionReader reader = new ConvolutionReader(config, input, weights, axes);
    return switch (config.kind()) {
      case "DepthwiseConv2D", "DepthwiseConv1D" -> reader.depthwise();
      case "SeparableConv2D", "SeparableConv1D" -> reader.separable();
      default -> reader.convolution();
    };
  }

  private static KerasLayer activation(LayerConfig config, TensorShape input)
      throws ModelFileException {
    return switch (config.kind()) {
      case "ReLU" -> ActivationReader.relu(config);
      case "LeakyReLU" -> ActivationReader.leakyRelu(config);
      case "ELU" -> ActivationReader.elu(config);
      case "Softmax" -> ActivationReader.softmax(config, input);
      default -> ActivationReader.layer(config);
    };
  }

  private static KerasLayer moving(LayerConfig config, ShapeReader reader)
      throws ModelFileException {
    return switch (config.kind()) {
      case "Flatten" -> reader.flatten();
      case "Reshape" -> reader.reshape();
      case "Permute" -> reader.permute();
      case "ZeroPadding1D" -> reader.zeroPadding(1);
      case "ZeroPadding2D" -> reader.zeroPadding(2);
      case "Cropping1D" -> reader.cropping(1);
      case "Cropping2D" -> reader.cropping(2);
      case "UpSampling1D" -> reader.upSampling(1);
      default -> reader.upSampling(2);
    };
  }

  private static KerasLayer scaling(LayerConfig config, ScaleReader reader)
      throws ModelFileException {
    return switch (config.kind()) {
      case "LayerNormalization" -> reader.layerNormalization();
      case "Normalization" -> reader.normalization();
      case "Rescaling" -> reader.rescaling();
      default -> reader.batchNormalization();
    };
  }

  private static KerasLayer pooling(LayerConfig config, TensorShape input)
      throws ModelFileException {
    String name = config.path();
    return switch (config.kind()) {
      case "MaxPooling2D" -> new KerasLayer.MaxPooling2D(name, window(config, input, 2));
      case "MaxPooling1D" -> new KerasLayer.MaxPooling2D(name, window(config, input, 1));
      case "AveragePooling2D" -> new KerasLayer.AveragePooling2D(name, window(config, input, 2));
      case "AveragePooling1D" -> new KerasLayer.AveragePooling2D(name, window(config, input, 1));
      case "GlobalAveragePooling2D" ->
          new KerasLayer.GlobalAveragePooling2D(name, global(config, input, 2));
      case "GlobalAveragePooling1D" ->
          new KerasLayer.GlobalAveragePooling2D(name, global(config, input, 1));
      case "GlobalMaxPooling2D" ->
          new KerasLayer.GlobalMaxPooling2D(name, global(config, input, 2));
      case "GlobalMaxPooling1D" ->
          new KerasLayer.GlobalMaxPooling2D(name, global(config, input, 1));
      default ->
          throw config
              .place()
              .unsupported("the layer class " + config.kind() + " is not supported");
    };
  }

  private static Window window(LayerConfig config, TensorShape input, int axes)
      throws ModelFileException {
    config.attributes().requireRank(input, axes + 1);
    Extent size = config.attributes().extent("pool_size", axes);
    // Null is the size of the window, too.
    boolean own = config.attributes().has("strides");
    Extent strides = own ? config.attributes().extent("strides", axes) : size;
    return new Window(size, strides, Extent.ONE, config.attributes().padding(false));
  }

  private static boolean global(LayerConfig config, TensorShape input, int axes)
      throws ModelFileException {
    config.attributes().requireRank(input, axes + 1);
    return config.attributes().flag("keepdims", false);
  }

  private static KerasLayer dense(LayerConfig config, TensorShape input, LayerWeights weights)
      throws ModelFileException {
    int units = config.attributes().positive("units");
    WeightTensor kernel = weights.next("kernel", TensorShape.of(input.channels(), units));
    Optional<WeightTensor> bias =
        config.attributes().flag("use_bias", true)
            ? Optional.of(weights.next("bias", TensorShape.of(units)))
            : Optional.empty();
    return new KerasLayer.Dense(config.path(), ActivationReader.of(config), kernel, bias);
  }
}
