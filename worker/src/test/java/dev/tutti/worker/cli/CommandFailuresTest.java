package dev.tutti.worker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong is one sentence. */
class CommandFailuresTest {
  @TempDir Path folder;
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"models inspect", "bench bank --nope", "models inspectt x", "train"})
  void wrongUsageNamesTheHelp(String line) {
    assertEquals(2, run(line.split(" ", -1)));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().startsWith("tutti: "), err.toString());
    assertTrue(err.toString().contains(". Try 'tutti") || err.toString().contains("? Try 'tutti"));
    assertTrue(err.toString().endsWith(" --help'.\n"), err.toString());
  }

  @Test
  void aBankThatCannotBeWrittenIsSaidBeforeTheWork() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(1, run("models", "import", folder.toString(), "--out", file + "/bank"));
    assertEquals(
        "tutti: %s: cannot be a folder: %s is a file%n".formatted(file, file), err.toString());
  }

  private int run(String... arguments) {
    return CommandMain.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
  }
}
