package dev.tutti.worker.bank;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged bank is read or refused, never anything else, and with little memory. */
class DamagedBankTest {
  private static final int MANIFESTS = 400;
  private static final int WEIGHTS = 100;
  private static final long MOST_BYTES = 256L << 20;
  private static final Pattern TOKEN =
      Pattern.compile("-?\\d[\\d.E+-]*|\"[^\"]*\"|true|false|[\\[\\]{},:]");
  private static final List<String> TOKENS =
      List.of(
          "-1",
          "0",
          "1",
          "7",
          "2147483647",
          "2147483648",
          "9007199254740992",
          "1e308",
          "1e999",
          "0.5",
          "\"\"",
          "\"Dense\"",
          "null",
          "true",
          "[",
          "]",
          "{}",
          "[]",
          ",",
          "");

  @TempDir Path folder;
  private Path manifest;
  private Path weights;

  @BeforeEach
  void makeBank() throws IOException {
    DeviceConfig device = new DeviceConfig(1, 1, Optional.empty());
    Path bank = folder.resolve("bank");
    new BankImport(device).write(Golden.path("set65x30"), StftParameters.nsynth(), bank);
    manifest = bank.resolve("manifest.json");
    weights = bank.resolve("weights.bin");
  }

  @Test
  void damagedManifestsAreReadOrRefused() throws IOException {
    String sound = Files.readString(manifest);
    List<MatchResult> tokens = TOKEN.matcher(sound).results().toList();
    int refused = 0;
    for (int seed = 0; seed < MANIFESTS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      MatchResult token = tokens.get(random.nextInt(tokens.size()));
      String other = TOKENS.get(random.nextInt(TOKENS.size()));
      Files.writeString(
          manifest, sound.substring(0, token.start()) + other + sound.substring(token.end()));
      refused += readOrRefused("seed " + seed + ": '" + token.group() + "' is now '" + other + "'");
    }
    assertTrue(refused > MANIFESTS / 2, refused + " were refused");
  }

  @Test
  void damagedBytesAreReadOrRefused() throws IOException {
    byte[] soundManifest = Files.readString(manifest).getBytes(StandardCharsets.UTF_8);
    byte[] soundWeights = Files.readAllBytes(weights);
    for (int seed = 0; seed < WEIGHTS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Files.write(manifest, damaged(soundManifest, random));
      readOrRefused("manifest, seed " + seed);
      Files.write(manifest, soundManifest);
      Files.write(weights, damaged(soundWeights, random));
      readOrRefused("weights, seed " + seed);
      Files.write(weights, soundWeights);
    }
  }

  /** Some bytes changed, or the end cut off. */
  private static byte[] damaged(byte[] sound, SplittableRandom random) {
    byte[] bytes =
        random.nextInt(4) == 0
            ? java.util.Arrays.copyOf(sound, random.nextInt(sound.length))
            : sound.clone();
    for (int i = 0; i < 1 + random.nextInt(8) && bytes.length > 0; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** 1 where the bank was refused. Any other exception than a refusal fails the test. */
  private int readOrRefused(String damage) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int refused = 0;
    try {
      read();
    } catch (ModelBankException | ModelFileException e) {
      refused = 1;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(damage, e);
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < MOST_BYTES, () -> damage + " took " + bytes + " bytes");
    return refused;
  }

  private void read() throws ModelBankException, ModelFileException {
    try (BankModels models = BankModels.open(manifest.getParent(), StftParameters.nsynth())) {
      for (WeightedModel model : models.models().values()) {
        for (WeightTensor weight : model.model().weights()) {
          model.reader().read(weight, piece -> {});
        }
      }
    }
  }
}
