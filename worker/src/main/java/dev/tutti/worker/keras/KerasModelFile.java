package dev.tutti.worker.keras;

import java.io.Closeable;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Keras model file in the HDF5 layout (written by Keras 2.x, or by Keras 3 as {@code .h5}), open
 * for reading. Opening it checks the configuration, and each weight's name, type, shape and stored
 * size; the numbers are read one weight at a time.
 */
public final class KerasModelFile implements Closeable {
  /**
   * A layer that puts out more numbers a sample than this (0.5 GiB) is refused before anything is
   * reserved for it.
   */
  private static final long MAX_ACTIVATIONS = 1L << 27;

  private final Hdf5File file;
  private final Hdf5Group weights;
  private final KerasModel model;

  private KerasModelFile(Hdf5File file, Hdf5Group weights, KerasModel model) {
    this.file = file;
    this.weights = weights;
    this.model = model;
  }

  /**
   * Opens and checks a file.
   *
   * @throws BrokenModelException if it is damaged or contradicts itself
   * @throws UnsupportedModelException if it uses a layer or option that is not known here
   */
  public static KerasModelFile open(Path path) throws ModelFileException {
    Hdf5File file = Hdf5File.open(path);
    boolean opened = false;
    try {
      Hdf5Group root = file.root();
      Optional<String> config = root.text("model_config");
      if (config.isEmpty()) {
        throw file.place().attribute("model_config").broken("is missing: a file of weights only?");
      }
      Hdf5Group weights = root.group("model_weights");
      List<LayerConfig> chain = new LayerChain(file.place()).read(config.get());
      KerasModel model = read(chain, weights, new StorageBudget(file.length()));
      opened = true;
      return new KerasModelFile(file, weights, model);
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  /** The layers. */
  public KerasModel model() {
    return model;
  }

  /**
   * The numbers of one weight in row-major order: a read-only view into the file where its storage
   * allows it.
   *
   * @throws BrokenModelException if they cannot be read, or one of them is NaN or infinite
   */
  public FloatBuffer read(WeightTensor weight) throws ModelFileException {
    Place place = file.place().layer(weight.layer()).weight(weight.name());
    FloatBuffer numbers = weights.group(weight.layer()).dataset(weight.name(), place).floats();
    if (numbers.remaining() != weight.shape().elements()) {
      throw place.broken("holds %d numbers, not %s".formatted(numbers.remaining(), weight.shape()));
    }
    for (int i = 0; i < numbers.limit(); i++) {
      if (!Float.isFinite(numbers.get(i))) {
        throw place.broken("holds " + numbers.get(i) + " at index " + i);
      }
    }
    return numbers;
  }

  @Override
  public void close() {
    file.close();
  }

  private static KerasModel read(List<LayerConfig> chain, Hdf5Group weights, StorageBudget budget)
      throws ModelFileException {
    LayerConfig first = chain.get(0);
    Optional<TensorShape> input = first.declaredInput();
    if (input.isEmpty() || input.get().rank() == 0) {
      throw first.place().attribute("batch_input_shape").broken("is missing");
    }
    List<KerasLayer> layers = new ArrayList<>();
    layers.add(new KerasLayer.InputLayer(first.name(), input.get()));
    boolean declaredAlone = first.kind().equals("InputLayer");
    List<WeightTensor> all = new ArrayList<>();
    TensorShape shape = checked(input.get(), first);
    LayerReader reader = new LayerReader();
    for (LayerConfig config : chain.subList(declaredAlone ? 1 : 0, chain.size())) {
      LayerWeights own = new LayerWeights(weights, config, budget);
      KerasLayer layer = reader.read(config, shape, own);
      all.addAll(own.finish());
      layers.add(layer);
      shape = checked(layer.outputShape(shape), config);
    }
    return new KerasModel(input.get(), layers, shape, all);
  }

  private static TensorShape checked(TensorShape shape, LayerConfig config)
      throws ModelFileException {
    if (shape.elements() < 1) {
      throw config
          .place()
          .broken("its window is larger than its input: the output would be " + shape);
    }
    if (shape.elements() > MAX_ACTIVATIONS) {
      throw config
          .place()
          .unsupported("its output %s has more than %d numbers".formatted(shape, MAX_ACTIVATIONS));
    }
    return shape;
  }
}
