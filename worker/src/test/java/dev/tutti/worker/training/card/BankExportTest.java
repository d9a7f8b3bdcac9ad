package dev.tutti.worker.training.card;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.flac.FlacEncoder;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.mixture.OverlayRule;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.BankImport;
import dev.tutti.worker.bank.ModelBank;
import dev.tutti.worker.bank.ModelBankLoader;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.training.data.SyntheticNotes;
import dev.tutti.worker.training.network.NetworkShape;
import dev.tutti.worker.training.run.NotebookRun;
import dev.tutti.worker.training.run.TrainedModels;
import dev.tutti.worker.training.run.TrainingOptions;
import dev.tutti.worker.training.validation.Scored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way from notes to a bank, with the notebook's layers in small. */
class BankExportTest {
  private static final NetworkShape SMALL =
      new NetworkShape(
          List.of(),
          List.of(new NetworkShape.Block(2, 3, 3, 8, 8), new NetworkShape.Block(4, 3, 3, 8, 4)),
          4);
  private static final FamilySet FAMILIES =
      FamilySet.of(InstrumentFamily.BASS, InstrumentFamily.REED);

  @TempDir private Path folder;

  @Test
  void trainsAndWritesABankThatCanBeServed() throws Exception {
    writeNotes();
    TrainingOptions options =
        new TrainingOptions(
            new TrainingOptions.Data(
                List.of(folder.resolve("notes")),
                List.of(),
                0.5,
                Optional.of(folder.resolve("notes"))),
            FAMILIES,
            new TrainingOptions.Length(64, Optional.empty(), 1),
            new DeviceConfig(1, 1, Optional.empty()),
            "tutti train");
    Path work = folder.resolve("work");
    TrainedModels trained = new NotebookRun(options, SMALL, work, line -> {}).run();
    Path bank = folder.resolve("bank");
    BankImport.Report report =
        new BankExport(trained, options)
            .write(bank, folder.resolve("draft"), LocalDate.of(2020, 2, 2));

    assertEquals(64, report.digest().length());
    String card = Files.readString(bank.resolve("MODEL_CARD.md"));
    assertTrue(card.contains("2020-02-02") && card.contains("within-k AUC"), card);
    assertTrue(Files.readString(bank.resolve("NOTICE")).contains("random 0.500"));
    try (ModelBank loaded =
        new ModelBankLoader(StftParameters.nsynth(), BatchSizes.of(8), options.device())
            .load(bank)) {
      Scored mixtures =
          new BankTest(loaded, folder.resolve("notes"))
              .mixtures(FAMILIES, OverlayRule.MEAN_DECIBEL);
      assertEquals(300, mixtures.truth().rows());
    }
  }

  private void writeNotes() throws IOException {
    for (InstrumentFamily family : FAMILIES) {
      Path own = Files.createDirectories(folder.resolve("notes").resolve(family.label()));
      for (int i = 0; i < 4; i++) {
        Files.write(
            own.resolve("%s_%d-%03d-100.flac".formatted(family, i % 2, 60 + i)),
            FlacEncoder.encode(SyntheticNotes.tone(110 + 20 * i, 1 + family.nsynthId() / 7.0)));
      }
    }
  }
}
