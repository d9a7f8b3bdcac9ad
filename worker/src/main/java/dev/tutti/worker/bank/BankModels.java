package dev.tutti.worker.bank;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.bankfile.BankFile;
import dev.tutti.worker.bankfile.BankFileException;
import dev.tutti.worker.bankfile.FamilyEntry;
import dev.tutti.worker.bankfile.ProbeAnswers;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.KerasModelFile;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.TensorShape;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The models of a folder, open: of a raw folder of model files, or of a bank.
 *
 * @param models in NSynth id order, as they came
 * @param stft how their spectrograms are computed
 * @param probes what a bank's models answered when it was made
 * @param files that are open for them
 */
record BankModels(
    Map<InstrumentFamily, WeightedModel> models,
    Thresholds thresholds,
    StftParameters stft,
    Optional<ProbeAnswers> probes,
    Closeable files)
    implements AutoCloseable {
  private static final TensorShape ONE_PROBABILITY = TensorShape.of(1);

  /**
   * Opens a folder.
   *
   * @param stft of raw models, which do not say it; a bank does
   */
  static BankModels open(Path folder, StftParameters stft)
      throws ModelBankException, ModelFileException {
    BankModels opened = BankFile.isBank(folder) ? ofBank(folder) : ofFiles(folder, stft);
    boolean sound = false;
    try {
      opened.check(folder);
      sound = true;
      return opened;
    } finally {
      if (!sound) {
        opened.close();
      }
    }
  }

  private static BankModels ofBank(Path folder) throws ModelBankException {
    BankFile file;
    try {
      file = BankFile.open(folder);
    } catch (BankFileException e) {
      throw new ModelBankException(e.getMessage(), e);
    }
    Map<InstrumentFamily, WeightedModel> models = new EnumMap<>(InstrumentFamily.class);
    for (FamilyEntry entry : file.manifest().families()) {
      models.put(entry.family(), new WeightedModel(entry.model(), file.weights(entry.family())));
    }
    return new BankModels(
        models,
        file.thresholds(),
        file.manifest().stft(),
        Optional.of(file.manifest().probes()),
        file);
  }

  private static BankModels ofFiles(Path folder, StftParameters stft)
      throws ModelBankException, ModelFileException {
    OpenModels files = OpenModels.open(ModelFolder.scan(folder));
    boolean sound = false;
    try {
      Map<InstrumentFamily, WeightedModel> models = new EnumMap<>(InstrumentFamily.class);
      for (InstrumentFamily family : files.families()) {
        KerasModelFile file = files.get(family);
        models.put(family, new WeightedModel(file.model(), file));
      }
      Thresholds thresholds = ThresholdFile.read(folder, files.families());
      sound = true;
      return new BankModels(models, thresholds, stft, Optional.empty(), files);
    } finally {
      if (!sound) {
        files.close();
      }
    }
  }

  FamilySet families() {
    return FamilySet.of(models.keySet());
  }

  BankInput input() {
    TensorShape shape = models.values().iterator().next().model().input();
    return new BankInput(shape.size(0), shape.size(1), stft);
  }

  /** One of these models; the files stay this object's. */
  BankModels only(InstrumentFamily family) {
    FamilySet alone = FamilySet.of(family);
    Thresholds own = Thresholds.uniform(alone, thresholds.get(families().positionOf(family)));
    return new BankModels(
        Map.of(family, models.get(family)), own, stft, Optional.empty(), () -> {});
  }

  long parameters() {
    return models.values().stream().mapToLong(model -> model.model().parameters()).sum();
  }

  /** Refuses models that cannot stand in one bank. */
  void check(Path folder) throws ModelBankException {
    TensorShape first = models.values().iterator().next().model().input();
    for (Map.Entry<InstrumentFamily, WeightedModel> entry : models.entrySet()) {
      String place = folder + ": " + entry.getKey().label();
      TensorShape input = entry.getValue().model().input();
      TensorShape output = entry.getValue().model().output();
      if (input.rank() != 3 || input.channels() != 1) {
        throw new ModelBankException(
            "%s takes %s; a family model takes [bins, frames, 1].".formatted(place, input));
      }
      if (!input.equals(first)) {
        throw new ModelBankException(
            "%s takes %s, the models before it %s.".formatted(place, input, first));
      }
      if (!output.equals(ONE_PROBABILITY)) {
        throw new ModelBankException(
            "%s answers %s; a family model answers one probability, [1].".formatted(place, output));
      }
    }
  }

  @Override
  public void close() {
    try {
      files.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
