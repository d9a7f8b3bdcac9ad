package dev.tutti.worker.bank;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.bank.input.BankInput;
import dev.tutti.worker.bankfile.BankFile;
import dev.tutti.worker.bankfile.BankFileException;
import dev.tutti.worker.bankfile.FamilyEntry;
import dev.tutti.worker.bankfile.ProbeAnswers;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.Variances;
import dev.tutti.worker.savedmodel.SavedModelFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of a folder, open: of a raw folder of model files, or of a bank.
 *
 * @param models of layers, in NSynth id order, as they came
 * @param savedModels of the other families, which TensorFlow wrote
 * @param stft how their spectrograms are computed
 * @param probes what a bank's models answered when it was made
 * @param files that are open for them
 */
record BankModels(
    Map<InstrumentFamily, WeightedModel> models,
    Map<InstrumentFamily, SavedModelFile> savedModels,
    Thresholds thresholds,
    StftParameters stft,
    Optional<ProbeAnswers> probes,
    Closeable files)
    implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BankModels.class);
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
      opened.checkVariances(folder);
      ModelFolder.missing(opened.families())
          .forEach(family -> log.warn("Model for {} not found.", family.label()));
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
        Map.of(),
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
      Thresholds thresholds = ThresholdFile.read(folder, files.families());
      sound = true;
      return new BankModels(
          files.models(), files.savedModels(), thresholds, stft, Optional.empty(), files);
    } finally {
      if (!sound) {
        files.close();
      }
    }
  }

  FamilySet families() {
    return thresholds.families();
  }

  BankInput input() {
    TensorShape shape = inputs().values().iterator().next();
    return new BankInput(shape.size(0), shape.size(1), stft);
  }

  /** One of these models; the files stay this object's. */
  BankModels only(InstrumentFamily family) {
    FamilySet alone = FamilySet.of(family);
    Thresholds own = Thresholds.uniform(alone, thresholds.get(families().positionOf(family)));
    return new BankModels(
        Map.of(family, models.get(family)), Map.of(), own, stft, Optional.empty(), () -> {});
  }

  long parameters() {
    return models.values().stream().mapToLong(model -> model.model().parameters()).sum()
        + savedModels.values().stream().mapToLong(SavedModelFile::parameters).sum();
  }

  private Map<InstrumentFamily, TensorShape> inputs() {
    Map<InstrumentFamily, TensorShape> inputs = new EnumMap<>(InstrumentFamily.class);
    models.forEach((family, model) -> inputs.put(family, model.model().input()));
    savedModels.forEach((family, model) -> inputs.put(family, model.signature().sample()));
    return inputs;
  }

  private void checkVariances(Path folder) throws ModelFileException {
    for (Map.Entry<InstrumentFamily, WeightedModel> entry : models.entrySet()) {
      Place place = new Place(folder + ": " + entry.getKey().label());
      Variances.check(entry.getValue().model(), entry.getValue().weights(), place);
    }
  }

  /** Refuses models that cannot stand in one bank. */
  void check(Path folder) throws ModelBankException {
    TensorShape first = inputs().values().iterator().next();
    for (Map.Entry<InstrumentFamily, TensorShape> entry : inputs().entrySet()) {
      String place = folder + ": " + entry.getKey().label();
      TensorShape input = entry.getValue();
      if (input.rank() != 3 || input.channels() != 1) {
        throw new ModelBankException(
            "%s takes %s; a family model takes [bins, frames, 1].".formatted(place, input));
      }
      if (!input.equals(first)) {
        throw new ModelBankException(
            "%s takes %s, the models before it %s.".formatted(place, input, first));
      }
    }
    for (Map.Entry<InstrumentFamily, WeightedModel> entry : models.entrySet()) {
      TensorShape output = entry.getValue().model().output();
      if (!output.equals(ONE_PROBABILITY)) {
        throw new ModelBankException(
            "%s: %s answers %s; a family model answers one probability, [1]."
                .formatted(folder, entry.getKey().label(), output));
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
