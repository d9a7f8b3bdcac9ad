package dev.tutti.worker.keras.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.KerasNode;
import dev.tutti.worker.keras.layer.TensorShape;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What versions of Keras write in other words and mean alike. */
class SpellingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EditedConfig file;
  private JsonNode config;

  @BeforeEach
  void open() throws IOException {
    file = new EditedConfig(Golden.path("writers/base.h5"));
    config = file.copy();
  }

  @AfterEach
  void close() {
    file.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BatchNormalizationV1", "BatchNormalizationV2", "SyncBatchNormalization"})
  void batchNormalizationHasSeveralNames(String name) throws IOException {
    EditedConfig.entry(config, "batch_normalization").put("class_name", name);
    assertReadsAsBefore();
  }

  @Test
  void aSequentialModelMayBeBuiltLater() throws IOException {
    ObjectNode model = (ObjectNode) config.path("config");
    ((ArrayNode) model.path("layers")).remove(0);
    JsonNode shape = EditedConfig.layer(config, "conv2d").remove("batch_input_shape");
    model.set("build_input_shape", shape);
    assertEquals(own().layers().subList(1, 8), read().layers().subList(1, 8));
    assertEquals(TensorShape.of(20, 16, 1), read().input());
  }

  @Test
  void aLayerMaySayWithWhatItWasBuilt() throws IOException {
    ((ArrayNode) config.path("config").path("layers")).remove(0);
    JsonNode shape = EditedConfig.layer(config, "conv2d").remove("batch_input_shape");
    EditedConfig.entry(config, "conv2d").putObject("build_config").set("input_shape", shape);
    assertEquals(TensorShape.of(20, 16, 1), read().input());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"class_name\": \"PolicyV1\", \"config\": {\"name\": \"float32\", \"loss_scale\": null}}",
        "{\"class_name\": \"Policy\", \"config\": {\"name\": \"infer\"}}",
        "{\"class_name\": \"Policy\", \"config\": {\"name\": \"mixed_float16\"}}",
        "{\"module\": \"keras\", \"class_name\": \"DTypePolicy\", \"config\": {\"name\": \"float32\"}}",
        "\"float32\"",
        "null",
      })
  void typesMayBePolicies(String type) throws IOException {
    EditedConfig.layer(config, "dense").set("dtype", JSON.readTree(type));
    assertReadsAsBefore();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"keras.activations.relu\"",
        "\"tf.keras.activations.relu\"",
        "\"tensorflow.python.keras.activations.relu\"",
        "\"keras.src.activations.activations.relu\"",
        "\"tf.nn.relu\"",
        "{\"class_name\": \"function\", \"config\": \"relu\"}",
        "{\"module\": \"keras.activations\", \"class_name\": \"function\", \"config\": \"relu\"}",
      })
  void functionsMayBeNamedWithTheirModule(String activation) throws IOException {
    EditedConfig.layer(config, "dense").set("activation", JSON.readTree(activation));
    assertReadsAsBefore();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"class_name\": \"LeakyReLU\", \"config\": {\"name\": \"a\", \"alpha\": 0.125}} | 0.125",
        "{\"class_name\": \"LeakyReLU\", \"config\": {\"negative_slope\": 0.25}} | 0.25",
        "{\"class_name\": \"ReLU\", \"config\": {\"negative_slope\": 0.5}} | 0.5",
        "{\"class_name\": \"LeakyReLU\", \"config\": {\"alpha\": {\"type\": \"ndarray\", \"value\": 0.5}}} | 0.5",
      })
  void anActivationMayBeALayer(String activation, double slope) throws IOException {
    EditedConfig.layer(config, "dense").set("activation", JSON.readTree(activation));
    KerasModel model = read();
    List<KerasNode> nodes = model.nodes();
    KerasLayer.Dense dense = (KerasLayer.Dense) nodes.get(5).layer();
    assertEquals(Activation.LINEAR, dense.activation());
    KerasLayer.ReLU relu = (KerasLayer.ReLU) nodes.get(6).layer();
    assertEquals(slope, relu.negativeSlope());
    assertEquals(List.of(nodes.get(6).name()), nodes.get(7).inputs());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 1, \"b\": 2}",
        "{\"class_name\": \"LeakyReLU\"}",
        "{\"class_name\": \"function\"}",
        "{\"class_name\": \"function\", \"config\": null}",
        "{\"class_name\": \"PReLU\", \"config\": {}}",
        "{\"config\": \"relu\"}",
        "\"my_package.activations.relu\"",
        "\"my_package>relu\"",
        "[\"relu\"]",
        "7",
      })
  void whatIsNoKnownActivationIsRefused(String activation) throws IOException {
    EditedConfig.layer(config, "dense").set("activation", JSON.readTree(activation));
    ModelFileException refusal = assertThrows(ModelFileException.class, this::read);
    assertTrue(
        refusal.getMessage().contains("layer 'dense': attribute 'activation'"),
        refusal::getMessage);
  }

  @Test
  void numbersMayBeArrays() throws IOException {
    String relu =
        """
        {"class_name": "ReLU", "config": {"name": "dropout",
         "max_value": {"type": "ndarray", "value": 6.0},
         "negative_slope": {"class_name": "__numpy__", "config": {"value": 0.5, "dtype": "float32"}},
         "threshold": {"type": "ndarray", "value": 0.0}}}
        """;
    EditedConfig.entry(config, "dropout").setAll((ObjectNode) JSON.readTree(relu));
    assertEquals(
        new KerasLayer.ReLU("dropout", OptionalDouble.of(6), 0.5, 0),
        read().nodes().get(6).layer());
  }

  private void assertReadsAsBefore() throws IOException {
    assertEquals(own(), read());
  }

  private KerasModel own() throws IOException {
    return file.read(file.own().toString());
  }

  private KerasModel read() throws ModelFileException {
    return file.read(config.toString());
  }
}
