package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.hdf5.Hdf5Dataset;
import dev.tutti.worker.keras.hdf5.Hdf5File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Model files in which some numbers were overwritten. */
public final class SpoiledModel {
  private SpoiledModel() {}

  /**
   * Copies an HDF5 model.
   *
   * @param weight path of a data set of plain little-endian float32 numbers below the weights
   * @param numbers that take turns in it
   */
  public static void write(Path sound, Path copy, String weight, float... numbers)
      throws IOException {
    byte[] bytes = Files.readAllBytes(sound);
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Place place = Place.file(sound);
    try (Hdf5File hdf5 = Hdf5File.of(ByteBuffer.wrap(bytes.clone()), place)) {
      Hdf5Dataset dataset = hdf5.root().group("model_weights").dataset(weight, place);
      int address = Math.toIntExact(dataset.plainAddress().orElseThrow() + hdf5.baseAddress());
      for (int i = 0; i < dataset.shape().elements(); i++) {
        file.putFloat(address + i * Float.BYTES, numbers[i % numbers.length]);
      }
    }
    Files.write(copy, bytes);
  }

  /** Copies a model of the small set so that it answers infinity less infinity to everything. */
  public static void overflowing(Path sound, Path copy) throws IOException {
    write(sound, copy, "dense/dense/bias:0", 1e8f);
    write(copy, copy, "dense_1/dense_1/kernel:0", 3e38f, -3e38f);
  }
}
