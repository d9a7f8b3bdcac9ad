package dev.tutti.worker.keras.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.hdf5.Hdf5File;
import dev.tutti.worker.keras.hdf5.Hdf5Group;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a model file holds, before anything in it is believed.
 *
 * @param hdf5 has the weights
 * @param config the model's configuration as JSON
 * @param origin of the configuration
 * @param layout of the weights
 * @param archived whether the HDF5 file is an entry of an archive
 */
record ModelContainer(
    Hdf5File hdf5, String config, Origin origin, WeightLayout layout, boolean archived)
    implements Closeable {
  private static final int MAX_JSON = 1 << 26;
  private static final String WEIGHTS = "model.weights.h5";

  /** What a file is, its first bytes say; its name does not matter. */
  static ModelContainer open(Path path) throws ModelFileException {
    Place place = Place.file(path);
    ByteBuffer bytes = MappedFile.map(path, place);
    if (ZipArchive.isOne(bytes)) {
      return archive(new ZipArchive(bytes, place), place);
    }
    Hdf5File file = Hdf5File.of(bytes, place);
    boolean opened = false;
    try {
      ModelContainer container = legacy(file);
      opened = true;
      return container;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private static ModelContainer legacy(Hdf5File file) throws ModelFileException {
    Hdf5Group root = file.root();
    Place place = file.place().attribute("model_config");
    Optional<String> config = root.text("model_config");
    if (config.isEmpty()) {
      throw place.broken("is missing: a file of weights only?");
    }
    LegacyLayout layout = new LegacyLayout(root.group("model_weights"));
    int keras = major(root.text("keras_version").orElse(""));
    return new ModelContainer(
        file, config.get(), new Origin(file.place(), place, keras), layout, false);
  }

  private static ModelContainer archive(ZipArchive archive, Place file) throws ModelFileException {
    String metadata = text(archive, "metadata.json", file);
    String config = text(archive, "config.json", file);
    Place place = new Place(file.description() + "!metadata.json");
    int keras;
    try {
      keras = major(new ObjectMapper().readTree(metadata).path("keras_version").asText());
    } catch (JsonProcessingException e) {
      throw place.broken("is not JSON: " + e.getOriginalMessage(), e);
    }
    Hdf5File weights =
        Hdf5File.of(archive.entry(WEIGHTS), new Place(file.description() + "!" + WEIGHTS));
    return new ModelContainer(
        weights,
        config,
        new Origin(file, new Place(file.description() + "!config.json"), keras),
        new PathLayout(weights.root()),
        true);
  }

  private static String text(ZipArchive archive, String name, Place file)
      throws ModelFileException {
    ByteBuffer bytes = archive.entry(name);
    if (bytes.limit() > MAX_JSON) {
      throw new Place(file.description() + "!" + name)
          .unsupported("has more than " + MAX_JSON + " bytes");
    }
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }

  private static int major(String version) {
    return version.startsWith("3") ? 3 : 2;
  }

  @Override
  public void close() {
    hdf5.close();
  }
}
