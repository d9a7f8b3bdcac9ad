package dev.tutti.worker.bank;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.input.BankInput;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.bankfile.ProbeAnswers;
import dev.tutti.worker.device.CpuFeatures;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.device.MemoryBudget;
import dev.tutti.worker.graph.BatchNormFolding;
import dev.tutti.worker.graph.Precision;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.ModelFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a folder of model files, or a bank, into a {@link ModelBank}. */
public final class ModelBankLoader {
  private static final Logger log = LoggerFactory.getLogger(ModelBankLoader.class);

  private final StftParameters stft;
  private final DeviceConfig device;
  private final BatchSizes batchSizes;
  private final RequestedPrecision requested;
  private final CpuFeatures cpu;
  private final MemoryBudget memory;

  /**
   * A loader for float32 banks that run these batch sizes on this device.
   *
   * @param stft how the spectrograms that the models were trained on are computed, for model files,
   *     which do not say it
   */
  public ModelBankLoader(StftParameters stft, BatchSizes batchSizes, DeviceConfig device) {
    this(
        stft,
        batchSizes,
        device,
        RequestedPrecision.FLOAT32,
        new CpuFeatures(Set.of()),
        MemoryBudget.unlimited());
  }

  private ModelBankLoader(
      StftParameters stft,
      BatchSizes batchSizes,
      DeviceConfig device,
      RequestedPrecision requested,
      CpuFeatures cpu,
      MemoryBudget memory) {
    this.stft = stft;
    this.batchSizes = batchSizes;
    this.device = device;
    this.requested = requested;
    this.cpu = cpu;
    this.memory = memory;
  }

  /** This loader for another precision, chosen for this processor. */
  public ModelBankLoader withPrecision(RequestedPrecision other, CpuFeatures processor) {
    return new ModelBankLoader(stft, batchSizes, device, other, processor, memory);
  }

  /** This loader for those of the batch sizes that fit into so much memory. */
  public ModelBankLoader withMemory(MemoryBudget budget) {
    return new ModelBankLoader(stft, batchSizes, device, requested, cpu, budget);
  }

  /**
   * Loads every family that has a file and runs each batch size once.
   *
   * @throws ModelBankException if the folder has no model, the models do not fit together or do not
   *     answer probabilities, the thresholds are wrong, or it is a bank that is damaged
   * @throws ModelFileException if a model file is broken or not supported
   */
  public ModelBank load(Path folder) throws ModelBankException, ModelFileException {
    try (BankModels models = BankModels.open(folder, stft)) {
      BankInput input = models.input();
      if (input.bins() != models.stft().bins()) {
        log.warn(
            "{}: the models take {} bins, the STFT gives {}.",
            folder,
            input.bins(),
            models.stft().bins());
      }
      return warm(build(models), folder);
    }
  }

  private static ModelBank warm(ModelBank bank, Path folder) throws ModelBankException {
    boolean sound = false;
    try {
      new WarmUp(bank, folder).run();
      sound = true;
      return bank;
    } finally {
      if (!sound) {
        bank.close();
      }
    }
  }

  private ModelBank build(BankModels models) throws ModelFileException {
    Map<InstrumentFamily, WeightedModel> folded = BatchNormFolding.foldAll(models.models());
    BatchSizes fitting = MemoryNeed.of(models, folded.values()).within(memory, batchSizes);
    BankBuilder builder = new BankBuilder(fitting, device);
    if (requested == RequestedPrecision.AUTO) {
      Optional<String> obstacle = obstacle(models);
      if (obstacle.isEmpty()) {
        return chosen(builder, models, folded, models.probes().orElseThrow());
      }
      log.info("Precision float32: {}.", obstacle.get());
    }
    boolean round = requested == RequestedPrecision.BFLOAT16;
    return builder.build(models, folded, round ? Precision.BFLOAT16 : Precision.FLOAT32);
  }

  /** Why bfloat16 is not even tried. */
  private Optional<String> obstacle(BankModels models) {
    if (!cpu.multipliesBfloat16()) {
      return Optional.of("this processor has no instructions for bfloat16");
    }
    if (models.probes().isEmpty()) {
      return Optional.of("model files have no probes to compare with; an imported bank has");
    }
    ProbeAnswers probes = models.probes().get();
    return probes
        .rounded()
        .map(rounded -> ProbeComparison.of(rounded, probes, models.thresholds()))
        .filter(comparison -> !comparison.acceptable())
        .map(comparison -> "when this bank was made, with bfloat16 " + comparison);
  }

  private ModelBank chosen(
      BankBuilder builder,
      BankModels models,
      Map<InstrumentFamily, WeightedModel> folded,
      ProbeAnswers probes)
      throws ModelFileException {
    ModelBank rounded = builder.build(models, folded, Precision.BFLOAT16);
    ProbeComparison comparison = ProbeComparison.of(rounded, probes);
    if (comparison.acceptable()) {
      log.info("Precision bfloat16: {}.", comparison);
      return rounded;
    }
    rounded.close();
    log.info("Precision float32, since with bfloat16 {}.", comparison);
    return builder.build(models, folded, Precision.FLOAT32);
  }
}
