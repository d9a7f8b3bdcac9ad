package dev.tutti.cli.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tutti.core.mixture.FamilyDraw;
import dev.tutti.core.mixture.GainRange;
import dev.tutti.core.mixture.OverlayRule;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What may stand in a recipe's file; null where it does not. */
record RecipeYaml(
    Long seed,
    Map<Integer, Integer> groups,
    OverlayRule overlay,
    FamilyDraw draw,
    String noise,
    Double noiseLevel,
    GainRange gains,
    List<String> families,
    Integer notesPerFamily) {
  static final RecipeYaml EMPTY =
      new RecipeYaml(null, null, null, null, null, null, null, null, null);

  /** What each key accepts. */
  private static final Map<String, String> ACCEPTED =
      new TreeMap<>(
          Map.of(
              "seed", "a whole number",
              "groups", "counts by size, such as {0: 100, 2: 50}",
              "overlay", "mean_decibel or waveform_sum",
              "draw", "distinct, exhaustive or notebook",
              "noise", "the name of an audio file",
              "noise_level", "a number, such as 0.5",
              "gains", "{lowest: DB, highest: DB}, such as {lowest: -20, highest: 0}",
              "families", "a list, such as [bass, vocal]",
              "notes_per_family", "a whole number, such as 500"));

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  /** Refuses what YAML reads as nothing. */
  RecipeYaml {
    if (groups != null && (groups.containsValue(null) || groups.containsKey(null))) {
      throw new IllegalArgumentException(
          "groups: a size has no count; it must be " + ACCEPTED.get("groups"));
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException where it cannot be read or is not a recipe; the message names the file,
   *     where it can be told the line, and what is accepted there
   */
  static RecipeYaml read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder, not a YAML file");
    }
    String text = text(file);
    if (text.lines().allMatch(line -> line.strip().matches("(#.*|---)?"))) {
      return EMPTY;
    }
    try {
      RecipeYaml content = MAPPER.readValue(text, RecipeYaml.class);
      return content == null ? EMPTY : content;
    } catch (UnrecognizedPropertyException e) {
      throw wrong(file, lineOf(e.getPropertyName(), text), unknown(e), e);
    } catch (JsonMappingException e) {
      if (e.getCause() instanceof JsonProcessingException broken) {
        throw notYaml(file, broken);
      }
      throw wrong(file, line(e), mismatch(e), e);
    } catch (JsonProcessingException e) {
      throw notYaml(file, e);
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is not UTF-8 text", e);
    }
  }

  private static String unknown(UnrecognizedPropertyException e) {
    String known =
        e.getKnownPropertyIds().stream()
            .map(Object::toString)
            .sorted()
            .collect(Collectors.joining(", "));
    return "unknown key '%s'; the keys are %s".formatted(e.getPropertyName(), known);
  }

  private static String mismatch(JsonMappingException e) {
    if (e.getCause() instanceof IllegalArgumentException refused) {
      return refused.getMessage();
    }
    String key = e.getPath().isEmpty() ? null : e.getPath().get(0).getFieldName();
    if (key == null || !ACCEPTED.containsKey(key)) {
      return "not a recipe, which has lines of KEY: VALUE with the keys "
          + String.join(", ", ACCEPTED.keySet());
    }
    return "the value of '%s' cannot be read; it must be %s".formatted(key, ACCEPTED.get(key));
  }

  private static IOException notYaml(Path file, JsonProcessingException e) {
    return wrong(file, line(e), "not YAML: " + oneLine(e.getOriginalMessage()), e);
  }

  private static IOException wrong(Path file, int line, String what, Exception cause) {
    return new IOException(file + (line < 1 ? "" : ", line " + line) + ": " + what, cause);
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  /** Where a key stands: the reader says where it was when it gave up, which is behind it. */
  private static int lineOf(String key, String text) {
    String here = ".*(^|[\\s{,'\"])" + Pattern.quote(key) + "['\"]?\\s*:.*";
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).matches(here)) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Without the places and pieces of the file, which are indented. */
  private static String oneLine(String message) {
    return message
        .lines()
        .filter(line -> line.equals(line.stripLeading()))
        .reduce("", (a, b) -> a + " " + b)
        .strip();
  }
}
