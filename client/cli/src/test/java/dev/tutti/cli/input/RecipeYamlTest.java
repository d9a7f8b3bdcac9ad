package dev.tutti.cli.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error names the file, the line and what is accepted. */
class RecipeYamlTest {
  @TempDir Path folder;

  static Stream<Arguments> wrongRecipes() {
    return Stream.of(
        Arguments.of("seed: 1\nsede: 3\n", 2, "unknown key 'sede'; the keys are draw, families"),
        Arguments.of(
            "seed: 1\n\ngroups: {1: x}\n", 3, "'groups' cannot be read; it must be counts"),
        Arguments.of("groups: 5\n", 1, "'groups' cannot be read; it must be counts by size"),
        Arguments.of("seed: one\n", 1, "'seed' cannot be read; it must be a whole number"),
        Arguments.of("overlay: mix\n", 1, "it must be mean_decibel or waveform_sum"),
        Arguments.of("draw: all\n", 1, "it must be distinct, exhaustive or notebook"),
        Arguments.of("families: 3\n", 1, "it must be a list, such as [bass, vocal]"),
        Arguments.of("noise_level: loud\n", 1, "it must be a number"),
        Arguments.of("gains: {lowst: 1}\n", 1, "unknown key 'lowst'; the keys are highest, lowest"),
        Arguments.of("seed: 1\nseed: 2\n", 2, "not YAML: Duplicate field 'seed'"),
        Arguments.of("seed: [1\n", 1, "'seed' cannot be read; it must be a whole number"),
        Arguments.of("seed: 1\nfamilies: [bass\n", 2, "not YAML: while parsing a flow sequence"),
        Arguments.of("- a\n- b\n", 1, "not a recipe, which has lines of KEY: VALUE"),
        Arguments.of("just text", 1, "not a recipe, which has lines of KEY: VALUE"));
  }

  @ParameterizedTest
  @MethodSource("wrongRecipes")
  void errorsNameFileLineAndWhatIsAccepted(String text, int line, String reason)
      throws IOException {
    Path file = Files.writeString(folder.resolve("r.yaml"), text);
    String message = refusal(file);
    assertTrue(message.startsWith(file + ", line " + line + ": "), message);
    assertTrue(message.contains(reason), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void valuesOutOfTheirRangesAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("r.yaml"), "gains: {lowest: 5, highest: 3}");
    assertTrue(refusal(file).contains("gains from 5.0 to 3.0 dB"), refusal(file));
    Files.writeString(file, "groups: {1: }");
    assertTrue(refusal(file).contains("groups: a size has no count"), refusal(file));
  }

  @Test
  void whatIsNoTextFileIsNamed() throws IOException {
    assertEquals(folder + ": is a folder, not a YAML file", refusal(folder));
    Path latin =
        Files.write(folder.resolve("r.yaml"), "noise: né".getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(refusal(latin).startsWith(latin + ": "), refusal(latin));
  }

  @Test
  void aRecipeIsRead() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("r.yaml"),
            "groups: {0: 3, 2: 5}\noverlay: WAVEFORM_SUM\nfamilies: [bass]\n");
    RecipeYaml recipe = RecipeYaml.read(file);
    assertEquals(Map.of(0, 3, 2, 5), recipe.groups());
    assertEquals(List.of("bass"), recipe.families());
    assertEquals(RecipeYaml.EMPTY, RecipeYaml.read(Files.writeString(file, "# nothing\n")));
  }

  private static String refusal(Path file) {
    return assertThrows(IOException.class, () -> RecipeYaml.read(file)).getMessage();
  }
}
