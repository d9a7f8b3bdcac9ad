package dev.tutti.worker.keras.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.TensorShape;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that make answers NaN, which a ReLU hides. */
class VariancesTest {
  private static final Path SOUND = Golden.path("writers/base.h5");
  private static final String VARIANCE =
      "batch_normalization/batch_normalization/moving_variance:0";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(floats = {-1, -1e-3f, -1e-6f, Float.NaN, Float.POSITIVE_INFINITY})
  void aVarianceThatNoDataHasIsRefusedWithItsPlace(float variance) throws IOException {
    Path file = folder.resolve("model.h5");
    SpoiledModel.write(SOUND, file, VARIANCE, 1, variance);
    ModelFileException refusal =
        assertThrows(BrokenModelException.class, () -> KerasModelFile.open(file));
    assertTrue(refusal.getMessage().startsWith(file.toString()), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("layer 'batch_normalization'"), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("moving_variance"), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("at index 1"), refusal::getMessage);
  }

  @Test
  void aVarianceOfZeroIsSound() throws IOException {
    Path file = folder.resolve("model.h5");
    SpoiledModel.write(SOUND, file, VARIANCE, 0);
    try (KerasModelFile opened = KerasModelFile.open(file)) {
      assertEquals(TensorShape.of(1), opened.model().output());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "batch_normalization | epsilon | NaN",
        "batch_normalization | epsilon | -0.001",
        "batch_normalization | epsilon | 0",
        "batch_normalization | epsilon | 1e-60",
        "batch_normalization | epsilon | Infinity",
        "batch_normalization | epsilon | 1e300",
        "rescaling | scale | NaN",
        "rescaling | offset | [NaN]",
        "rescaling | offset | -Infinity",
        "relu | max_value | NaN",
        "relu | max_value | -1",
        "relu | threshold | NaN",
        "relu | negative_slope | {\"type\": \"ndarray\", \"value\": NaN}",
        "leaky | alpha | NaN",
        "given | mean | [NaN]",
        "given | variance | [-1.0]",
        "given | variance | null",
      })
  void aConstantThatIsNoSoundNumberIsRefusedByName(String layer, String key, String value)
      throws IOException {
    try (EditedConfig file = new EditedConfig(SOUND)) {
      JsonNode config = file.copy();
      if (!layer.equals("batch_normalization")) {
        replaceDropout(config, layer);
      }
      EditedConfig.layer(config, layer).put(key, "VALUE");
      String json = config.toString().replace("\"VALUE\"", value);
      ModelFileException refusal = assertThrows(ModelFileException.class, () -> file.read(json));
      assertTrue(
          refusal
              .getMessage()
              .startsWith(SOUND + ": layer '" + layer + "': attribute '" + key + "': "),
          refusal::getMessage);
    }
  }

  private static void replaceDropout(JsonNode config, String layer) throws IOException {
    String entry =
        switch (layer) {
          case "rescaling" -> "'Rescaling', 'config': {'scale': 1, 'offset': 0";
          case "relu" -> "'ReLU', 'config': {'negative_slope': 0";
          case "leaky" -> "'LeakyReLU', 'config': {'alpha': 0";
          default -> "'Normalization', 'config': {'axis': -1, 'mean': [0], 'variance': [1]";
        };
    String json = ("{'class_name': " + entry + ", 'name': '" + layer + "'}}").replace('\'', '"');
    EditedConfig.entry(config, "dropout").setAll((ObjectNode) new ObjectMapper().readTree(json));
  }
}
