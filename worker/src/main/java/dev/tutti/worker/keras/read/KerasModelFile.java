package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.UnsupportedModelException;
import dev.tutti.worker.keras.hdf5.Hdf5Dataset;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.Variances;
import dev.tutti.worker.keras.layer.WeightSource;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A Keras model file, open for reading: HDF5 as Keras 2.x writes it and Keras 3 as {@code .h5}, or
 * a {@code .keras} archive. Opening it checks the configuration, and each weight's name, type,
 * shape and stored size; the numbers are read one weight at a time.
 */
public final class KerasModelFile implements Closeable, WeightSource {
  private final ModelContainer container;
  private final StoredWeights weights;
  private final KerasModel model;
  private final Optional<NumberFile> numbers;

  private KerasModelFile(
      ModelContainer container,
      StoredWeights weights,
      KerasModel model,
      Optional<NumberFile> numbers) {
    this.container = container;
    this.weights = weights;
    this.model = model;
    this.numbers = numbers;
  }

  /**
   * Opens and checks a file.
   *
   * @throws BrokenModelException if it is damaged or contradicts itself, or holds a variance that
   *     is negative
   * @throws UnsupportedModelException if it uses a layer or option that is not known here
   */
  public static KerasModelFile open(Path path) throws ModelFileException {
    ModelContainer container = ModelContainer.open(path);
    boolean opened = false;
    try {
      List<LayerCall> calls = ModelConfig.read(container.config(), container.origin());
      StoredWeights weights =
          new StoredWeights(container.layout(), new StorageBudget(container.hdf5().length()));
      KerasModel model = new ModelReader(weights).read(calls);
      Variances.check(model, weights, container.origin().file());
      Optional<NumberFile> numbers =
          container.archived()
              ? Optional.empty()
              : Optional.of(NumberFile.open(path, Place.file(path)));
      opened = true;
      return new KerasModelFile(container, weights, model, numbers);
    } finally {
      if (!opened) {
        container.close();
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
  @Override
  public synchronized FloatBuffer read(WeightTensor weight) throws ModelFileException {
    return weights.read(weight);
  }

  @Override
  public void read(WeightTensor weight, Consumer<ByteBuffer> pieces) throws ModelFileException {
    Hdf5Dataset dataset = weights.dataset(weight);
    OptionalLong address;
    synchronized (this) {
      address = numbers.isPresent() ? dataset.plainAddress() : OptionalLong.empty();
    }
    if (address.isPresent()) {
      long from = container.hdf5().baseAddress() + address.getAsLong();
      long bytes = weight.shape().elements() * Float.BYTES;
      numbers.get().read(from, bytes, pieces, dataset.place());
    } else {
      WeightSource.super.read(weight, pieces);
    }
  }

  @Override
  public void close() {
    numbers.ifPresent(NumberFile::close);
    container.close();
  }
}
