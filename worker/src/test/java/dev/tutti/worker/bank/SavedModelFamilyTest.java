package dev.tutti.worker.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.golden.SameBits;
import dev.tutti.worker.savedmodel.SmallSavedModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedModelFamilyTest {
  private static final Path BASS = Golden.path("set65x30/family_bass_classifier.h5");

  @TempDir Path folder;

  @Test
  void itsAnswersStandBetweenThoseOfKerasModels() throws IOException {
    Golden.install(BASS, folder, InstrumentFamily.BASS);
    Golden.install(BASS, folder, InstrumentFamily.VOCAL);
    SmallSavedModel.write(folder.resolve("family_organ_classifier"));
    List<ByteBuffer> rows = Golden.smallRows();
    try (ModelBank bank = SmallBank.load(folder, 1)) {
      double[][] expected = Golden.probabilities("set65x30", bank.description().families());
      float[] answer = bank.infer(rows).probabilities();
      for (int row = 0; row < rows.size(); row++) {
        assertEquals(expected[row][0], answer[3 * row], 2e-5, "bass");
        assertEquals(answer[3 * row], answer[3 * row + 2], 0, "the same model again");
        assertEquals(organ(rows.get(row)), answer[3 * row + 1], 1e-5, "organ");
        SameBits.check(
            Arrays.copyOfRange(answer, 3 * row, 3 * row + 3),
            bank.infer(rows.subList(row, row + 1)).probabilities(),
            "alone");
      }
    }
  }

  @Test
  void itCanStandAloneButIsNotImported() throws IOException {
    SmallSavedModel.write(folder.resolve("family_organ_classifier"));
    List<ByteBuffer> rows = Golden.smallRows();
    try (ModelBank bank = SmallBank.load(folder, 1)) {
      assertEquals(organ(rows.get(0)), bank.infer(rows).probabilities()[0], 1e-5);
      assertEquals(2, bank.description().parameters());
    }
    BankImport importing = new BankImport(new DeviceConfig(1, 1, Optional.empty()));
    IOException refusal =
        assertThrows(
            ModelBankException.class,
            () -> importing.write(folder, StftParameters.nsynth(), folder.resolve("bank")));
    assertTrue(refusal.getMessage().contains("organ"), refusal::getMessage);
  }

  @Test
  void twoModelsOfOneFamilyAreRefused() throws IOException {
    Golden.install(BASS, folder, InstrumentFamily.BASS);
    Files.copy(BASS, folder.resolve("family_bass_classifier.keras"));
    IOException refusal = assertThrows(ModelBankException.class, () -> SmallBank.load(folder, 1));
    assertTrue(refusal.getMessage().contains("bass has two models"), refusal::getMessage);
  }

  private static double organ(ByteBuffer row) {
    ByteBuffer numbers = row.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    double sum = 0;
    int count = numbers.remaining() / Float.BYTES;
    while (numbers.hasRemaining()) {
      sum += numbers.getFloat();
    }
    double logit = SmallSavedModel.SCALE * sum / count + SmallSavedModel.SHIFT;
    return 1 / (1 + Math.exp(-logit));
  }
}
