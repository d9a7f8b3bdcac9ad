package dev.tutti.worker.bank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.device.CpuFeatures;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.graph.Precision;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportedBankTest {
  private static final DeviceConfig DEVICE = new DeviceConfig(1, 1, Optional.empty());
  private static final CpuFeatures ROUNDING = new CpuFeatures(Set.of("avx512_bf16"));

  @TempDir Path folder;
  private Path bank;

  @BeforeEach
  void makeBank() throws IOException {
    bank = folder.resolve("bank");
    BankImport.Report report =
        new BankImport(DEVICE).write(Golden.path("set65x30"), StftParameters.nsynth(), bank);
    assertEquals(30, report.folded());
    assertEquals(30, report.normalizations());
  }

  @Test
  void aBankAnswersAsKerasDoes() throws IOException {
    List<ByteBuffer> rows = Golden.smallRows();
    try (ModelBank loaded = load(RequestedPrecision.FLOAT32)) {
      double[][] expected = Golden.probabilities("set65x30", loaded.description().families());
      float[] answer = loaded.infer(rows).probabilities();
      int families = loaded.description().families().size();
      for (int i = 0; i < answer.length; i++) {
        assertEquals(expected[i / families][i % families], answer[i], 2e-5);
      }
    }
  }

  @Test
  void roundedAnswersDoNotDependOnTheBatchEither() throws IOException {
    List<ByteBuffer> rows = Golden.smallRows();
    try (ModelBank exact = load(RequestedPrecision.FLOAT32);
        ModelBank rounded = load(RequestedPrecision.BFLOAT16)) {
      assertEquals(Precision.BFLOAT16, rounded.description().precision());
      assertNotEquals(exact.description().digest(), rounded.description().digest());
      float[] all = rounded.infer(rows).probabilities();
      assertArrayEquals(exact.infer(rows).probabilities(), all, 0.05f);
      int families = rounded.description().families().size();
      for (int row = 0; row < rows.size(); row++) {
        float[] alone = rounded.infer(rows.subList(row, row + 1)).probabilities();
        assertArrayEquals(Arrays.copyOfRange(all, row * families, (row + 1) * families), alone);
      }
    }
  }

  /** Rounding moves one of these models by more than 0.01. */
  @Test
  void autoKeepsFloat32WhereProbesMove() throws IOException {
    try (ModelBank chosen = load(RequestedPrecision.AUTO)) {
      assertEquals(Precision.FLOAT32, chosen.description().precision());
    }
  }

  @Test
  void aDamagedWeightIsRefused() throws IOException {
    try (RandomAccessFile weights =
        new RandomAccessFile(bank.resolve("weights.bin").toFile(), "rw")) {
      weights.seek(4096 + 17);
      int old = weights.read();
      weights.seek(4096 + 17);
      weights.write(old ^ 1);
    }
    IOException refusal = assertThrows(IOException.class, () -> load(RequestedPrecision.FLOAT32));
    assertTrue(refusal.getMessage().contains("is damaged"), refusal::getMessage);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"version\" : 1 | \"version\" : 2 | is not a tutti-bank of version 1",
        "\"offset\" : 4096 | \"offset\" : 4097 | would lie at byte 4097",
        "\"offset\" : 4096 | \"offset\" : 9007199254740992 | would lie at byte",
        "\"family\" : \"BASS\" | \"family\" : \"KAZOO\" | accepted: [",
        "\"type\" : \"Flatten\" | \"type\" : \"Lambda\" | has the type 'Lambda'; known: ",
        "\"groups\" : 1 | \"groups\" : \"one\" | must be a finite int",
        "\"amin\" : | \"hamin\" : | is missing",
        "\"families\" : [ { | \"families\" : { | is not JSON",
      })
  void aWrongManifestIsRefused(String found, String instead, String reason) throws IOException {
    Path manifest = bank.resolve("manifest.json");
    String text = Files.readString(manifest);
    assertTrue(text.contains(found), text.substring(0, 500));
    int at = text.indexOf(found);
    Files.writeString(
        manifest, text.substring(0, at) + instead + text.substring(at + found.length()));
    ModelBankException refusal =
        assertThrows(ModelBankException.class, () -> load(RequestedPrecision.FLOAT32));
    assertTrue(refusal.getMessage().contains(manifest.getParent().toString()), refusal::getMessage);
    assertTrue(refusal.getMessage().contains(reason), refusal::getMessage);
  }

  @Test
  void aBankIsNotImportedAgainNorWrittenOver() {
    BankImport importing = new BankImport(DEVICE);
    StftParameters stft = StftParameters.nsynth();
    assertThrows(IOException.class, () -> importing.write(bank, stft, folder.resolve("again")));
    assertThrows(IOException.class, () -> importing.write(Golden.path("set65x30"), stft, bank));
  }

  private ModelBank load(RequestedPrecision requested) throws IOException {
    return new ModelBankLoader(StftParameters.nsynth(), BatchSizes.of(1, 2, 4, 8), DEVICE)
        .withPrecision(requested, ROUNDING)
        .load(bank);
  }
}
