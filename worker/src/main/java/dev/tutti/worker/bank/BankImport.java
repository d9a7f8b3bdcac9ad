package dev.tutti.worker.bank;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.bankfile.BankFile;
import dev.tutti.worker.bankfile.BankFileException;
import dev.tutti.worker.bankfile.BankSource;
import dev.tutti.worker.bankfile.BankWriter;
import dev.tutti.worker.bankfile.ProbeAnswers;
import dev.tutti.worker.device.CpuFeatures;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.device.MemoryBudget;
import dev.tutti.worker.graph.BatchNormFolding;
import dev.tutti.worker.graph.Precision;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasLayer.BatchNormalization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a bank folder of models: folds their batch norms, compares the fused graph with each plain
 * model on probe inputs, and writes the folded models with the plain ones' answers.
 */
public final class BankImport {
  /** Folding and fusing change nothing but the order of additions. */
  private static final double TOLERANCE = 5e-5;

  private static final long PROBE_SEED = 1;

  private final DeviceConfig device;

  /** Imports on this device. */
  public BankImport(DeviceConfig device) {
    this.device = device;
  }

  /**
   * What was written.
   *
   * @param digest of the bank in float32, lower-case hex
   * @param families in the bank
   * @param folded batch normalizations that are gone
   * @param normalizations how many there were
   * @param largestDifference between a probability of the written bank and of the plain models
   */
  public record Report(
      String digest, int families, int folded, int normalizations, double largestDifference) {}

  /**
   * Writes a bank of a folder of model files.
   *
   * @param stft how the spectrograms that the models take are computed
   * @param bank the folder to write
   */
  public Report write(Path models, StftParameters stft, Path bank)
      throws ModelBankException, BankFileException, ModelFileException {
    if (BankFile.isBank(models)) {
      throw new ModelBankException(models + " is a bank already.");
    }
    try (BankModels opened = BankModels.open(models, stft)) {
      if (!opened.savedModels().isEmpty()) {
        throw new ModelBankException(
            "%s: %s are SavedModels; a bank holds layers only, so serve this folder as it is."
                .formatted(models, FamilySet.of(opened.savedModels().keySet())));
      }
      Map<InstrumentFamily, String> origins = new EnumMap<>(InstrumentFamily.class);
      ModelFolder.find(models)
          .forEach((family, file) -> origins.put(family, file.getFileName().toString()));
      return write(
          new BankSource(opened.models(), origins, stft, opened.thresholds(), Map.of(), Map.of()),
          models,
          bank);
    }
  }

  /**
   * Writes a bank.
   *
   * @param folder which must not exist yet, or be empty
   * @throws ModelBankException if the models do not fit together or do not answer probabilities, or
   *     the folded ones answer otherwise than the plain ones
   * @throws ModelFileException if a weight cannot be read
   */
  public Report write(BankSource source, Path folder)
      throws ModelBankException, BankFileException, ModelFileException {
    return write(source, folder, folder);
  }

  /** Writes a bank; messages about its models name another place. */
  private Report write(BankSource source, Path place, Path folder)
      throws ModelBankException, BankFileException, ModelFileException {
    BankModels plain = models(source, place);
    Map<InstrumentFamily, WeightedModel> folded = BatchNormFolding.foldAll(source.models());
    ProbeAnswers expected = plainAnswers(plain, place);
    BankBuilder builder = new BankBuilder(BatchSizes.of(ProbeInputs.COUNT), device);
    try (ModelBank bank = builder.build(plain, folded, Precision.FLOAT32)) {
      ProbeComparison comparison = ProbeComparison.of(bank, expected);
      if (comparison.largest() > TOLERANCE) {
        throw new ModelBankException(
            "%s: the folded models answer up to %g beside the plain ones; at most %g is accepted"
                .formatted(folder, comparison.largest(), TOLERANCE));
      }
      BankWriter.write(folder, source.with(folded), withRounded(expected, plain, folded));
      return new Report(
          bank.description().digest().hex(),
          folded.size(),
          normalizations(source.models()) - normalizations(folded),
          normalizations(source.models()),
          comparison.largest());
    }
  }

  /**
   * The folded and fused models as a bank in memory; nothing is compared or written.
   *
   * @param sizes of which those are left out that the memory has no room for
   * @throws ModelBankException if the models do not fit together
   */
  public static ModelBank assemble(
      BankSource source,
      Precision precision,
      BatchSizes sizes,
      MemoryBudget memory,
      DeviceConfig device)
      throws ModelBankException, ModelFileException {
    BankModels models = models(source, Path.of("memory"));
    Map<InstrumentFamily, WeightedModel> folded = BatchNormFolding.foldAll(source.models());
    BatchSizes fitting = MemoryNeed.of(models, folded.values()).within(memory, sizes);
    return new BankBuilder(fitting, device).build(models, folded, precision);
  }

  /** So that whoever loads the bank need not compute in bfloat16 to find that it does not do. */
  private ProbeAnswers withRounded(
      ProbeAnswers exact, BankModels plain, Map<InstrumentFamily, WeightedModel> folded)
      throws ModelFileException {
    if (!CpuFeatures.ofThisMachine().multipliesBfloat16()) {
      return exact;
    }
    BankBuilder builder = new BankBuilder(BatchSizes.of(ProbeInputs.COUNT), device);
    try (ModelBank bank = builder.build(plain, folded, Precision.BFLOAT16)) {
      return exact.withRounded(ProbeComparison.answers(bank, exact.seed()));
    }
  }

  /** Each model in a graph of its own, as it came. */
  private ProbeAnswers plainAnswers(BankModels plain, Path place)
      throws ModelBankException, ModelFileException {
    List<List<Double>> rows = new ArrayList<>();
    for (int i = 0; i < ProbeInputs.COUNT; i++) {
      rows.add(new ArrayList<>());
    }
    BankBuilder builder = new BankBuilder(BatchSizes.of(ProbeInputs.COUNT), device);
    for (Map.Entry<InstrumentFamily, WeightedModel> model : plain.models().entrySet()) {
      BankModels alone = plain.only(model.getKey());
      try (ModelBank bank = builder.build(alone, alone.models(), Precision.FLOAT32)) {
        new WarmUp(bank, place).run();
        List<List<Double>> answers = ProbeComparison.answers(bank, PROBE_SEED);
        for (int i = 0; i < rows.size(); i++) {
          rows.get(i).addAll(answers.get(i));
        }
      }
    }
    return new ProbeAnswers(PROBE_SEED, rows);
  }

  private static BankModels models(BankSource source, Path folder) throws ModelBankException {
    BankModels models =
        new BankModels(
            source.models(),
            Map.of(),
            source.thresholds(),
            source.stft(),
            Optional.empty(),
            () -> {});
    models.check(folder);
    return models;
  }

  static int normalizations(Map<InstrumentFamily, WeightedModel> models) {
    return models.values().stream()
        .flatMap(model -> model.model().layers().stream())
        .mapToInt(layer -> layer instanceof BatchNormalization ? 1 : 0)
        .sum();
  }
}
