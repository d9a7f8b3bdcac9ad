package dev.tutti.worker.keras;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a model file holds, before anything in it is believed.
 *
 * @param hdf5 has the weights
 * @param config the model's configuration as JSON
 * @param origin of the configuration
 * @param layout of the weights
 */
record ModelContainer(Hdf5File hdf5, String config, Origin origin, WeightLayout layout)
    implements Closeable {
  static ModelContainer open(Path path) throws ModelFileException {
    Hdf5File file = Hdf5File.open(path);
    boolean opened = false;
    try {
      Hdf5Group root = file.root();
      Place place = file.place().attribute("model_config");
      Optional<String> config = root.text("model_config");
      if (config.isEmpty()) {
        throw place.broken("is missing: a file of weights only?");
      }
      int keras = root.text("keras_version").orElse("2").startsWith("3") ? 3 : 2;
      LegacyLayout layout = new LegacyLayout(root.group("model_weights"));
      opened = true;
      return new ModelContainer(file, config.get(), new Origin(file.place(), place, keras), layout);
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  @Override
  public void close() {
    hdf5.close();
  }
}
