package dev.tutti.worker.bank;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.read.KerasModelFile;
import dev.tutti.worker.savedmodel.SavedModelFile;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The models of a folder, open. */
final class OpenModels implements Closeable {
  private final Map<InstrumentFamily, KerasModelFile> files = new EnumMap<>(InstrumentFamily.class);
  private final Map<InstrumentFamily, SavedModelFile> savedModels =
      new EnumMap<>(InstrumentFamily.class);

  private OpenModels() {}

  static OpenModels open(ModelFolder folder) throws ModelFileException {
    OpenModels models = new OpenModels();
    boolean complete = false;
    try {
      for (Map.Entry<InstrumentFamily, Path> entry : folder.files().entrySet()) {
        models.add(entry.getKey(), entry.getValue());
      }
      complete = true;
      return models;
    } finally {
      if (!complete) {
        models.close();
      }
    }
  }

  private void add(InstrumentFamily family, Path path) throws ModelFileException {
    if (SavedModelFile.isOne(path)) {
      savedModels.put(family, SavedModelFile.open(path));
    } else {
      files.put(family, KerasModelFile.open(path));
    }
  }

  FamilySet families() {
    Set<InstrumentFamily> families = EnumSet.noneOf(InstrumentFamily.class);
    families.addAll(files.keySet());
    families.addAll(savedModels.keySet());
    return FamilySet.of(families);
  }

  /** Those of layers. */
  Map<InstrumentFamily, WeightedModel> models() {
    Map<InstrumentFamily, WeightedModel> models = new EnumMap<>(InstrumentFamily.class);
    files.forEach((family, file) -> models.put(family, new WeightedModel(file.model(), file)));
    return models;
  }

  Map<InstrumentFamily, SavedModelFile> savedModels() {
    return savedModels;
  }

  @Override
  public void close() {
    files.values().forEach(KerasModelFile::close);
  }
}
