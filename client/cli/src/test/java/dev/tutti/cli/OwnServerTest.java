package dev.tutti.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands that start a server of their own, from an installation whose launcher is a script. */
@Timeout(60)
class OwnServerTest {
  @TempDir Path home;
  private final FakeServer server = new FakeServer();
  private Path started;
  private String note;

  OwnServerTest() throws IOException {}

  @BeforeEach
  void install() throws IOException {
    started = home.resolve("started");
    note = WaveFile.tone(home.resolve("note.wav"), FakeServer.WINDOW, FakeServer.RATE).toString();
    launcher(
        """
        while [ $# -gt 0 ]; do
          if [ "$1" = --port-file ]; then file=$2; fi
          shift
        done
        echo %s >"$file.partial"
        mv "$file.partial" "$file"
        cat >/dev/null
        """
            .formatted(server.address().replaceFirst(".*:", "")));
    System.setProperty("tutti.launcher", home.resolve("tutti").toString());
    System.setProperty("tutti.home", home.toString());
  }

  @AfterEach
  void close() {
    server.close();
    System.clearProperty("tutti.launcher");
    System.clearProperty("tutti.home");
    System.clearProperty("tutti.terminal");
  }

  /** A script that notes its arguments. */
  private void launcher(String rest) throws IOException {
    Path script = home.resolve("tutti");
    Files.writeString(script, "#!/bin/sh\necho \"$@\" >>'" + started + "'\n" + rest);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void oneFileNeedsOneWorkerAndNoProbes() throws IOException {
    VerbRun run = VerbRun.of("classify", note);
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(2, run.out().lines().count(), run.out());
    String options = Files.readString(started);
    assertTrue(options.contains("--devices cpu:1"), options);
    assertTrue(options.contains("--precision float32"), options);
  }

  @Test
  void nothingIsStartedForFilesThatCannotBeRead() {
    VerbRun run = VerbRun.of("classify", home.resolve("missing.wav").toString(), home.toString());
    assertEquals(1, run.exitCode());
    assertEquals(2, run.err().lines().count(), run.err());
    assertFalse(Files.exists(started));
  }

  @Test
  void aTerminalIsToldThatAServerIsStarted() {
    assertFalse(VerbRun.of("classify", note).err().contains("starting"));
    System.setProperty("tutti.terminal", "true");
    VerbRun run = VerbRun.of("classify", note);
    assertTrue(run.err().startsWith("starting a server for this command ...\n"), run.err());
  }

  @Test
  void theCardComesBehindTheAnswer() throws IOException {
    Path models = Files.createDirectories(home.resolve("models/default/1"));
    Files.writeString(models.resolve("NOTICE"), "the card");
    Files.writeString(
        models.resolve("manifest.json"),
        """
        {"bank": {"families": [{"family": "BASS"}, {"family": "VOCAL"}], "thresholds": [0.5, 0.5]}}
        """);
    TextOutput both = new TextOutput();
    CommandLine line = TuttiCommand.commandLine().setOut(both.writer).setErr(both.writer);
    assertEquals(0, line.execute("classify", note), both.text());
    int answer = both.text().indexOf("note.wav");
    assertTrue(answer >= 0 && answer < both.text().indexOf("the card"), both.text());
  }

  @Test
  void whatTheWorkerSaysIsTheReasonAndNothingElse() throws IOException {
    launcher(
        "echo 'a line of the log'\n"
            + "echo 'tutti serve: No worker could be kept running. The last one: exit status 2:"
            + " tutti-worker: bass.h5: is not an intact HDF5 file'\nexit 1\n");
    VerbRun run = VerbRun.of("classify", note);
    assertEquals(1, run.exitCode());
    assertEquals(
        "tutti: the server did not start: bass.h5: is not an intact HDF5 file\n", run.err());
  }
}
