package dev.tutti.worker.keras.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.keras.ModelFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever kind of JSON stands for an attribute, it is read as Keras reads it, or refused. */
class MutatedConfigsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> OTHERS =
      List.of(
          "null",
          "true",
          "false",
          "7",
          "-3",
          "100000000000000000000000000000000000000000",
          "0.5",
          "1e300",
          "\"x\"",
          "\"3\"",
          "[]",
          "[3, 3]",
          "[[1, 2], [3]]",
          "[null]",
          "{}",
          "{\"a\": 1, \"b\": 2}",
          "{\"class_name\": \"__tuple__\", \"items\": [3, 3]}");

  /** Other values that Keras takes too, and by which the model becomes another one. */
  private static final Map<String, Set<String>> TAKEN =
      Map.ofEntries(
          Map.entry("activation", Set.of("null")),
          Map.entry("alpha", Set.of("7", "-3", "0.5")),
          Map.entry("axis", Set.of("null")),
          Map.entry("cropping", Set.of("7", "[3, 3]")),
          Map.entry("dilation_rate", Set.of("7", "[3, 3]")),
          Map.entry("epsilon", Set.of("7", "0.5")),
          Map.entry("invert", Set.of("true", "false")),
          Map.entry("keepdims", Set.of("true", "false")),
          Map.entry("max_value", Set.of("null", "7", "0.5")),
          Map.entry("mean", Set.of("7", "-3", "0.5")),
          Map.entry("negative_slope", Set.of("7", "-3", "0.5")),
          Map.entry("offset", Set.of("null", "7", "-3", "0.5")),
          Map.entry("padding", Set.of("7", "[3, 3]")),
          Map.entry("pool_size", Set.of("7", "[3, 3]")),
          Map.entry("scale", Set.of("7", "-3", "0.5")),
          Map.entry("size", Set.of("7", "[3, 3]")),
          Map.entry("strides", Set.of("null", "7", "[3, 3]")),
          Map.entry("threshold", Set.of("7", "0.5")),
          Map.entry("variance", Set.of("7", "0.5")));

  static Stream<Path> samples() throws IOException {
    List<Path> samples = new ArrayList<>();
    for (String folder : List.of("layers", "variants", "writers")) {
      try (Stream<Path> files = Files.list(Golden.path(folder))) {
        files.filter(file -> file.toString().matches(".*\\.(h5|keras)")).forEach(samples::add);
      }
    }
    return samples.stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void otherKindsOfJsonAreRefusedOrMeanTheSame(Path sample) throws IOException {
    try (EditedConfig file = new EditedConfig(sample)) {
      String own = file.read(file.own().toString()).nodes().toString();
      List<String> faults = new ArrayList<>();
      int refused = 0;
      JsonNode copy = file.copy();
      for (Attribute attribute : attributes(copy)) {
        JsonNode sound = attribute.value();
        for (String other : OTHERS) {
          attribute.set(JSON.readTree(other));
          refused += judged(file, copy, own, attribute.name(), other, faults);
        }
        attribute.set(sound);
      }
      assertEquals(List.of(), faults, sample.toString());
      assertTrue(refused > 50, "refused: " + refused);
    }
  }

  private static int judged(
      EditedConfig file,
      JsonNode config,
      String own,
      String name,
      String other,
      List<String> faults) {
    String what = name + " = " + other + ": ";
    try {
      String read = file.read(config.toString()).nodes().toString();
      boolean taken = TAKEN.getOrDefault(name, Set.of()).contains(other) || name.equals("name");
      if (!read.equals(own) && !taken) {
        faults.add(what + "read as another model");
      }
      return 0;
    } catch (ModelFileException e) {
      if (!e.getMessage().startsWith(file.path().toString())) {
        faults.add(what + e.getMessage());
      }
      return 1;
    } catch (RuntimeException e) {
      faults.add(what + e);
      return 0;
    }
  }

  /** A member of an object. */
  private record Attribute(ObjectNode owner, String name) {
    JsonNode value() {
      return owner.get(name);
    }

    void set(JsonNode other) {
      owner.set(name, other);
    }
  }

  /**
   * All members of the model, its layers and their attributes; not what is inside of attributes.
   */
  private static List<Attribute> attributes(JsonNode model) {
    List<Attribute> found = new ArrayList<>();
    add((ObjectNode) model, found);
    return found;
  }

  private static void add(ObjectNode entry, List<Attribute> found) {
    entry.fieldNames().forEachRemaining(name -> found.add(new Attribute(entry, name)));
    if (entry.path("config") instanceof ObjectNode config) {
      config.fieldNames().forEachRemaining(name -> found.add(new Attribute(config, name)));
      if (config.path("layers") instanceof ArrayNode layers) {
        layers.forEach(layer -> add((ObjectNode) layer, found));
      }
    }
  }
}
