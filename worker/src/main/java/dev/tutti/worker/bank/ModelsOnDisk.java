package dev.tutti.worker.bank;

import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bankfile.BankSource;
import dev.tutti.worker.keras.ModelFileException;
import java.nio.file.Path;
import java.util.Map;

/** The models of a folder of model files, or of a bank, for those who do more than serve them. */
public final class ModelsOnDisk implements AutoCloseable {
  private final BankModels opened;

  private ModelsOnDisk(BankModels opened) {
    this.opened = opened;
  }

  /**
   * Opens a folder.
   *
   * @param stft of model files, which do not say it
   * @throws ModelBankException if there are no models, or SavedModels among them
   */
  public static ModelsOnDisk open(Path folder, StftParameters stft)
      throws ModelBankException, ModelFileException {
    BankModels opened = BankModels.open(folder, stft);
    if (!opened.savedModels().isEmpty()) {
      opened.close();
      throw new ModelBankException(folder + " holds SavedModels; only models of layers are taken.");
    }
    return new ModelsOnDisk(opened);
  }

  /** The models; their numbers can be read until this is closed. */
  public BankSource source() {
    return new BankSource(
        opened.models(), Map.of(), opened.stft(), opened.thresholds(), Map.of(), Map.of());
  }

  @Override
  public void close() {
    opened.close();
  }
}
