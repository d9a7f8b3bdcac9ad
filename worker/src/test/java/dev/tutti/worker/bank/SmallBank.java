package dev.tutti.worker.bank;

import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.device.DeviceSettings;
import dev.tutti.worker.golden.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Banks for tests. */
public final class SmallBank {
  private SmallBank() {}

  /** The ten small reference models. */
  public static ModelBank load() throws IOException {
    return load(Golden.path("set65x30"), 1);
  }

  /** The models of a folder. */
  public static ModelBank load(Path folder, int threads) throws IOException {
    DeviceSettings device = new DeviceSettings(threads, 1, Optional.empty());
    return new ModelBankLoader(StftParameters.nsynth(), BatchSizes.of(1, 2, 4, 8), device)
        .load(folder);
  }
}
