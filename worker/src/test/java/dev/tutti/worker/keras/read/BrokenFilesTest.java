package dev.tutti.worker.keras.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.UnsupportedModelException;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenFilesTest {
  private static final Path SOUND = Golden.path("set65x30/family_bass_classifier.h5");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no_model_config | 'model_config': is missing",
        "config_not_json | 'model_config': is not JSON",
        "no_model_weights | has no group 'model_weights'",
        "missing_weight_dataset | layer 'conv2d': weight 'conv2d/kernel:0': is missing",
        "conv_kernel_wrong_shape | layer 'conv2d': weight 'conv2d/kernel:0': shape mismatch",
        "dense_kernel_wrong_shape | layer 'dense': weight 'dense/kernel:0': shape mismatch",
        "kernel_is_string | is not numeric",
        "huge_filters | shape mismatch",
        "negative_strides | layer 'conv2d': attribute 'strides': needs a whole number of 1 or more",
        "declared_4tb_sparse_dataset | [1048576, 1048576]",
        "external_link | is a link; links are not followed",
      })
  void brokenFilesAreToldApart(String name, String reason) {
    check(BrokenModelException.class, Golden.path("broken/" + name + ".h5"), reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unsupported_lambda | the layer class Lambda is not supported",
        "unsupported_lstm | the layer class LSTM is not supported",
        "unsupported_activation | layer 'conv2d': attribute 'activation': \"my_act\" is unknown",
      })
  void unsupportedFilesAreToldApart(String name, String reason) {
    check(UnsupportedModelException.class, Golden.path("broken/" + name + ".h5"), reason);
  }

  @Test
  void emptyFile() throws IOException {
    check(BrokenModelException.class, written(new byte[0]), "is empty");
  }

  @Test
  void otherBytes() throws IOException {
    check(BrokenModelException.class, written(new byte[5000]), "is not an intact HDF5 file");
  }

  @Test
  void missingFile() {
    check(BrokenModelException.class, folder.resolve("none.h5"), "is not a file");
  }

  @ParameterizedTest
  @CsvSource({"8", "100", "4096", "37988", "70000"})
  void truncatedFile(int length) throws IOException {
    Path file = written(Arrays.copyOf(Files.readAllBytes(SOUND), length));
    BrokenModelException refusal =
        assertTimeoutPreemptively(
            PATIENCE, () -> assertThrows(BrokenModelException.class, () -> readAll(file)));
    String reason =
        length < 100 ? ": is not an intact HDF5 file: " : ": is cut off: it has " + length;
    assertTrue(refusal.getMessage().startsWith(file + reason), refusal::getMessage);
    assertFalse(refusal.getMessage().contains("Exception"), refusal::getMessage);
  }

  /**
   * Whatever a few wrong bits do, the reader refuses the file or reads it; it neither hangs nor
   * dies.
   */
  @ParameterizedTest
  @ValueSource(strings = {"set65x30/family_bass_classifier.h5", "variants/keras3_functional.keras"})
  void flippedBitsAreRefusedOrHarmless(String name) throws IOException {
    byte[] sound = Files.readAllBytes(Golden.path(name));
    SplittableRandom random = new SplittableRandom(42);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] bytes = sound.clone();
      for (int flip = 0; flip < 1 + round % 8; flip++) {
        // Half of the flips hit the first 8 KB, where most of the structure lies.
        int at = random.nextInt(random.nextBoolean() ? 8192 : bytes.length);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
      Path file = written(bytes);
      refused += assertTimeoutPreemptively(PATIENCE, () -> refuses(file)) ? 1 : 0;
    }
    assertTrue(refused > 30, "the flips should hit something: " + refused);
  }

  private static boolean refuses(Path file) throws IOException {
    try {
      readAll(file);
      return false;
    } catch (ModelFileException e) {
      assertTrue(e.getMessage().startsWith(file.toString()), e::getMessage);
      assertFalse(e.getMessage().contains("Exception"), e::getMessage);
      return true;
    }
  }

  private static void readAll(Path path) throws ModelFileException {
    try (KerasModelFile file = KerasModelFile.open(path)) {
      for (WeightTensor weight : file.model().weights()) {
        file.read(weight);
      }
    }
  }

  private static void check(Class<? extends ModelFileException> kind, Path file, String reason) {
    ModelFileException refusal =
        assertTimeoutPreemptively(
            PATIENCE,
            () -> assertThrows(ModelFileException.class, () -> KerasModelFile.open(file)));
    assertEquals(kind, refusal.getClass(), refusal::getMessage);
    assertTrue(refusal.getMessage().startsWith(file.toString()), refusal::getMessage);
    assertTrue(refusal.getMessage().contains(reason), refusal::getMessage);
  }

  private Path written(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.h5"), bytes);
  }
}
