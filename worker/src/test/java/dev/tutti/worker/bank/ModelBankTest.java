package dev.tutti.worker.bank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.bank.input.InvalidBatchException;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.golden.NpyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelBankTest {
  @Test
  void tenModelsAnswerAsKerasDoes() throws IOException {
    List<ByteBuffer> rows = Golden.smallRows();
    try (ModelBank bank = SmallBank.load()) {
      double[][] expected = Golden.probabilities("set65x30", bank.description().families());
      float[] answer = bank.infer(rows).probabilities();
      int families = bank.description().families().size();
      for (int row = 0; row < rows.size(); row++) {
        for (int family = 0; family < families; family++) {
          assertEquals(expected[row][family], answer[row * families + family], 2e-5);
        }
      }
      assertEquals(List.of(1, 2, 4, 8), bank.description().batchSizes().sizes());
      assertEquals(77_930, bank.description().parameters());
    }
  }

  @Test
  void realSizeModelsAnswerAsKerasDoesOnRealSpectrograms() throws IOException {
    Path folder = Golden.path("set1025x126");
    List<ByteBuffer> rows = new ArrayList<>();
    for (String name : List.of("note_int16_4s", "overlay_2")) {
      rows.addAll(NpyFile.read(folder.resolve(name + ".db.npy")).rows(1025 * 126 * Float.BYTES));
    }
    try (ModelBank bank = SmallBank.load(folder, 2)) {
      assertEquals(
          List.of(InstrumentFamily.GUITAR, InstrumentFamily.VOCAL),
          bank.description().families().asList());
      double[][] expected = Golden.probabilities("set1025x126", bank.description().families());
      float[] answer = bank.infer(rows).probabilities();
      assertEquals(expected[5][0], answer[0], 2e-5);
      assertEquals(expected[5][1], answer[1], 2e-5);
      assertEquals(expected[6][0], answer[2], 2e-5);
      assertEquals(expected[6][1], answer[3], 2e-5);
      assertArrayEquals(
          Arrays.copyOf(answer, 2), bank.infer(rows.subList(0, 1)).probabilities(), "alone");
    }
  }

  @Test
  void theDigestStandsForWeightsAndFamiliesAndSpectrogram(@TempDir Path folder) throws IOException {
    Path bass = Golden.path("set65x30/family_bass_classifier.h5");
    Golden.install(bass, folder, InstrumentFamily.BASS);
    Path other = Files.createDirectory(folder.resolve("other"));
    Golden.install(bass, other, InstrumentFamily.ORGAN);
    try (ModelBank first = SmallBank.load(folder, 1);
        ModelBank again = SmallBank.load(folder, 2);
        ModelBank renamed = SmallBank.load(other, 1);
        ModelBank otherStft =
            new ModelBankLoader(
                    new StftParameters(16000, 2048, 256, 2048, 1e-5f, 80),
                    BatchSizes.of(1),
                    new DeviceConfig(1, 1, Optional.empty()))
                .load(folder)) {
      assertEquals(first.description().digest(), again.description().digest());
      assertNotEquals(first.description().digest(), renamed.description().digest());
      assertNotEquals(first.description().digest(), otherStft.description().digest());
    }
  }

  @Test
  void wrongBatchesAreRefused() throws IOException {
    List<ByteBuffer> rows = Golden.smallRows();
    try (ModelBank bank = SmallBank.load()) {
      assertRefused(bank, List.of(), "1..8 rows, this one has 0");
      List<ByteBuffer> nine = new ArrayList<>(rows);
      nine.add(rows.get(0));
      assertRefused(bank, nine, "1..8 rows, this one has 9");
      assertRefused(
          bank,
          List.of(rows.get(0), rows.get(1).duplicate().limit(100)),
          "row 1 has 100 bytes; 65 x 30 float32 are 7800");
      ByteBuffer nan = ByteBuffer.allocate(7800).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < 7800 / Float.BYTES; i++) {
        nan.putFloat(i * Float.BYTES, Float.NaN);
      }
      assertRefused(bank, List.of(rows.get(0), nan), "row 1 has NaN at index 0");
    }
  }

  private static void assertRefused(ModelBank bank, List<ByteBuffer> rows, String reason) {
    InvalidBatchException refusal =
        assertThrows(InvalidBatchException.class, () -> bank.infer(rows));
    assertTrue(refusal.getMessage().contains(reason), refusal::getMessage);
  }
}
