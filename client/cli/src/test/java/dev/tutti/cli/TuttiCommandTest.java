package dev.tutti.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Exit codes: 0 ok, 1 failed, 2 wrong usage. */
@Timeout(60)
class TuttiCommandTest {
  private final TextOutput out = new TextOutput();
  private final TextOutput err = new TextOutput();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dance",
        "classify",
        "classify --colour a.wav",
        "evaluate --seed one",
        "evaluate --recipe mine",
        "evaluate --server localhost:1 --groups 2",
        "evaluate --server localhost:1 --groups 2:50,x",
        "status --server",
        "reload --patience 0",
        "demo extra",
        "serve",
        "worker"
      })
  void wrongUsageIsTwoAndSaysWhatIsWrong(String line) {
    assertEquals(2, execute(line.split(" ", -1)));
    assertFalse(err.text().isBlank());
    assertEquals("", out.text());
  }

  @Test
  void aDataSetThatIsNotThereIsWrongUsage(@TempDir Path folder) {
    Path missing = folder.resolve("notes");
    assertEquals(2, execute("evaluate", "--dataset", missing.toString()));
    assertTrue(err.text().contains("There is no data set at '" + missing + "'"), err.text());
  }

  @Test
  void helpIsNoFailure() {
    assertEquals(0, execute("--help"));
    assertTrue(out.text().contains("\n  classify "), out.text());
    assertFalse(out.text().contains("\n  worker "), out.text());
    assertEquals(0, execute("classify", "--help"));
    assertEquals(0, execute("--version"));
  }

  @Test
  void aServerThatCannotBeReachedIsAFailureInOneLine() {
    // Port 1 is reserved and nothing listens there.
    assertEquals(1, execute("status", "--server", "127.0.0.1:1"));
    assertTrue(err.text().startsWith("tutti: "), err.text());
    assertEquals(1, err.text().lines().count(), err.text());
  }

  private int execute(String... args) {
    CommandLine line = TuttiCommand.commandLine();
    line.setOut(out.writer);
    line.setErr(err.writer);
    return line.execute(args);
  }
}
