package dev.tutti.worker.keras.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.Variances;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A model file that is read with another configuration than its own. */
final class EditedConfig implements Closeable {
  private final Path path;
  private final ModelContainer container;
  private final JsonNode config;

  EditedConfig(Path path) throws IOException {
    this.path = path;
    this.container = ModelContainer.open(path);
    this.config = new ObjectMapper().readTree(container.config());
  }

  Path path() {
    return path;
  }

  /** The file's own configuration; not to be changed. */
  JsonNode own() {
    return config;
  }

  /** A copy of the file's own configuration. */
  JsonNode copy() {
    return config.deepCopy();
  }

  /** The attributes of one layer of a copy. */
  static ObjectNode layer(JsonNode copy, String name) {
    return (ObjectNode) entry(copy, name).path("config");
  }

  /** One layer of a copy with its class name. */
  static ObjectNode entry(JsonNode copy, String name) {
    for (JsonNode entry : copy.path("config").path("layers")) {
      if (entry.path("config").path("name").asText().equals(name)) {
        return (ObjectNode) entry;
      }
    }
    throw new AssertionError("no layer " + name);
  }

  /** Reads the model as the file would be read, numbers of variances included. */
  KerasModel read(String json) throws ModelFileException {
    List<LayerCall> calls = ModelConfig.read(json, container.origin());
    StoredWeights weights =
        new StoredWeights(container.layout(), new StorageBudget(container.hdf5().length()));
    KerasModel model = new ModelReader(weights).read(calls);
    Variances.check(model, weights, container.origin().file());
    return model;
  }

  @Override
  public void close() {
    container.close();
  }
}
