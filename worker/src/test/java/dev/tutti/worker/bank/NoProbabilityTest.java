package dev.tutti.worker.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.bank.input.InputKind;
import dev.tutti.worker.bank.input.InputRows;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.read.SpoiledModel;
import dev.tutti.worker.savedmodel.SmallSavedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that answers NaN is served by nobody. */
class NoProbabilityTest {
  private static final Path SOUND = Golden.path("set65x30/family_flute_classifier.h5");

  @TempDir Path folder;
  private Path models;
  private Path spoiled;

  @BeforeEach
  void addSoundModel() throws IOException {
    models = Files.createDirectory(folder.resolve("models"));
    Golden.install(SOUND, models, InstrumentFamily.FLUTE);
    spoiled = models.resolve("family_organ_classifier.h5");
  }

  @Test
  void modelsThatAnswerNanToAProbeAreNotLoaded() throws IOException {
    SpoiledModel.overflowing(SOUND, spoiled);
    assertRefused(assertThrows(ModelBankException.class, () -> SmallBank.load(models, 1)));
  }

  @Test
  void theyAreNotLoadedWhereBatchesAreSmallEither() throws IOException {
    SpoiledModel.overflowing(SOUND, spoiled);
    ModelBankLoader loader =
        new ModelBankLoader(StftParameters.nsynth(), BatchSizes.of(1), device());
    assertRefused(assertThrows(ModelBankException.class, () -> loader.load(models)));
  }

  @Test
  void noBankIsMadeOfThem() throws IOException {
    SpoiledModel.overflowing(SOUND, spoiled);
    Path bank = folder.resolve("bank");
    assertRefused(
        assertThrows(
            ModelBankException.class,
            () -> new BankImport(device()).write(models, StftParameters.nsynth(), bank)));
    assertFalse(Files.exists(bank.resolve("manifest.json")));
  }

  @Test
  void savedModelsAreProbedToo() throws IOException {
    SmallSavedModel.write(models.resolve("family_organ_classifier"), Float.NaN);
    assertRefused(assertThrows(ModelBankException.class, () -> SmallBank.load(models, 1)));
  }

  @Test
  void aNegativeVarianceIsRefusedThoughProbesAreAnswered() throws IOException {
    SpoiledModel.write(
        SOUND, spoiled, "batch_normalization/batch_normalization/moving_variance:0", -2);
    BrokenModelException refusal =
        assertThrows(BrokenModelException.class, () -> SmallBank.load(models, 1));
    assertTrue(refusal.getMessage().startsWith(spoiled.toString()), refusal::getMessage);
  }

  @Test
  void anAnswerThatIsNoProbabilityNamesTheFamily() throws IOException {
    SpoiledModel.overflowing(SOUND, spoiled);
    try (ModelsOnDisk opened = ModelsOnDisk.open(models, StftParameters.nsynth());
        ModelBank bank = SmallBank.unprobed(opened.source())) {
      ModelOutputException failure =
          assertThrows(ModelOutputException.class, () -> bank.infer(Golden.smallRows()));
      assertEquals(
          "the model of organ answered row 0 with NaN, which is not a probability",
          failure.getMessage());
    }
  }

  @Test
  void theOtherFamiliesAndRowsOfABatchAreAnsweredBesideIt() throws IOException {
    SpoiledModel.overflowing(SOUND, spoiled);
    try (ModelsOnDisk opened = ModelsOnDisk.open(models, StftParameters.nsynth());
        ModelBank bank = SmallBank.unprobed(opened.source())) {
      InputRows rows = InputRows.of(InputKind.DECIBELS_FLOAT32, Golden.smallRows());
      float[] answers = bank.infer(rows).probabilities();
      int families = bank.description().families().size();
      for (int i = 0; i < answers.length; i++) {
        boolean organ = bank.description().families().get(i % families) == InstrumentFamily.ORGAN;
        assertEquals(organ, Float.isNaN(answers[i]), "answer " + i);
      }
    }
  }

  private void assertRefused(ModelBankException refusal) {
    assertTrue(
        refusal.getMessage().startsWith(models + ": the model of organ answers NaN to noise"),
        refusal::getMessage);
  }

  private static DeviceConfig device() {
    return new DeviceConfig(1, 1, Optional.empty());
  }
}
