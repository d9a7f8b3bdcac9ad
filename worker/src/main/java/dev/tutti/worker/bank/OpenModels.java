package dev.tutti.worker.bank;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.worker.keras.KerasModelFile;
import dev.tutti.worker.keras.ModelFileException;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The model files of a folder, open. */
final class OpenModels implements Closeable {
  private final Map<InstrumentFamily, KerasModelFile> files = new EnumMap<>(InstrumentFamily.class);

  private OpenModels() {}

  static OpenModels open(ModelFolder folder) throws ModelFileException {
    OpenModels models = new OpenModels();
    boolean complete = false;
    try {
      for (Map.Entry<InstrumentFamily, Path> entry : folder.files().entrySet()) {
        models.files.put(entry.getKey(), KerasModelFile.open(entry.getValue()));
      }
      complete = true;
      return models;
    } finally {
      if (!complete) {
        models.close();
      }
    }
  }

  FamilySet families() {
    return FamilySet.of(files.keySet());
  }

  KerasModelFile get(InstrumentFamily family) {
    return files.get(family);
  }

  @Override
  public void close() {
    files.values().forEach(KerasModelFile::close);
  }
}
