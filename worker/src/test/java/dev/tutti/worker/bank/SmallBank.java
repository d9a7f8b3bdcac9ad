package dev.tutti.worker.bank;

import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.bankfile.BankSource;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.device.MemoryBudget;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.graph.Precision;
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

  /** A bank that nobody has asked anything yet. */
  public static ModelBank unprobed(BankSource source) throws IOException {
    return BankImport.assemble(
        source,
        Precision.FLOAT32,
        BatchSizes.of(8),
        MemoryBudget.unlimited(),
        new DeviceConfig(1, 1, Optional.empty()));
  }

  /** The models of a folder. */
  public static ModelBank load(Path folder, int threads) throws IOException {
    DeviceConfig device = new DeviceConfig(threads, 1, Optional.empty());
    return new ModelBankLoader(StftParameters.nsynth(), BatchSizes.of(1, 2, 4, 8), device)
        .load(folder);
  }
}
