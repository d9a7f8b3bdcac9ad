package dev.tutti.worker.bank;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.worker.keras.KerasModel;
import dev.tutti.worker.keras.KerasModelFile;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.TensorShape;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The model files of a folder, open, and checked to fit together. */
final class OpenModels implements Closeable {
  private static final TensorShape ONE_PROBABILITY = TensorShape.of(1);

  private final Map<InstrumentFamily, KerasModelFile> files = new EnumMap<>(InstrumentFamily.class);

  private OpenModels() {}

  static OpenModels open(ModelFolder folder) throws ModelFileException, ModelBankException {
    OpenModels models = new OpenModels();
    boolean complete = false;
    try {
      for (Map.Entry<InstrumentFamily, Path> entry : folder.files().entrySet()) {
        KerasModelFile file = KerasModelFile.open(entry.getValue());
        models.files.put(entry.getKey(), file);
        models.check(entry.getValue(), file.model());
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

  /** The input of all models: [bins, frames, 1]. */
  TensorShape input() {
    return files.values().iterator().next().model().input();
  }

  long parameters() {
    return files.values().stream().mapToLong(file -> file.model().parameters()).sum();
  }

  @Override
  public void close() {
    files.values().forEach(KerasModelFile::close);
  }

  private void check(Path file, KerasModel model) throws ModelBankException {
    TensorShape input = model.input();
    if (input.rank() != 3 || input.channels() != 1) {
      throw new ModelBankException(
          "%s takes %s; a family model takes [bins, frames, 1].".formatted(file, input));
    }
    if (!input.equals(input())) {
      throw new ModelBankException(
          "%s takes %s, the models before it %s.".formatted(file, input, input()));
    }
    if (!model.output().equals(ONE_PROBABILITY)) {
      throw new ModelBankException(
          "%s answers %s; a family model answers one probability, [1]."
              .formatted(file, model.output()));
    }
  }
}
