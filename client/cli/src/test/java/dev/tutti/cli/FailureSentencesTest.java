package dev.tutti.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong is one sentence that says what to do. */
@Timeout(60)
class FailureSentencesTest {
  private static final byte[] BAD_REQUEST =
      "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "classify",
        "classify --colour a.wav",
        "evaluate --seed one",
        "evaluate --recipe mine",
        "thresholds --objective f2",
        "metrics --truth a.npy",
        "curves --truth a --scores b --kind bars",
        "calibrate --truth a --scores b --method x",
        "spectrogram a.wav --out a.txt",
        "dataset",
        "dataset inspect",
        "mixtures",
        "render --out x",
        "status extra",
        "reload --patience 0",
        "demo extra",
        "dance"
      })
  void wrongUsageIsOneSentenceThatNamesTheHelp(String line) {
    VerbRun run = VerbRun.of(line.split(" "));
    assertEquals(2, run.exitCode());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("tutti: "), run.err());
    String verb = line.startsWith("dance") ? "" : " " + line.replaceFirst(" .*", "");
    assertTrue(run.err().contains(" Try 'tutti" + verb), run.err());
    assertTrue(run.err().endsWith(" --help'.\n"), run.err());
  }

  @Test
  void whatIsNearIsSuggested() {
    assertTrue(VerbRun.of("clasify", "a.wav").err().contains("Did you mean "));
    assertTrue(VerbRun.of("clasify", "a.wav").err().contains("classify"));
    VerbRun option = VerbRun.of("evaluate", "--bootstap", "5");
    assertTrue(option.err().contains("Did you mean --bootstrap"), option.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "reload", "classify note.wav", "evaluate --groups 1:1"})
  void nobodyAtTheAddressNamesItAndWhatStartsAServer(String verb) throws IOException {
    Path note = WaveFile.tone(folder.resolve("note.wav"), 100, 16_000);
    String line = verb.replace("note.wav", note.toString()) + " --server 127.0.0.1:1";
    VerbRun run = VerbRun.of(line.split(" "));
    assertEquals(1, run.exitCode());
    assertEquals(
        "tutti: no server can be reached at 127.0.0.1:1: nothing listens there. Start a server"
            + " with 'tutti serve', or name another with --server.\n",
        run.err());
  }

  @Test
  void aHostThatIsNotThereIsNamed() {
    VerbRun run = VerbRun.of("status", "--server", "no-such-host.invalid:50051");
    assertEquals(1, run.exitCode());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(
        run.err().contains("no-such-host.invalid:50051: there is no host with this name"),
        run.err());
  }

  @Test
  void whatIsNoGrpcServerIsCalledSo() throws Exception {
    try (ServerSocket http = new ServerSocket(0)) {
      Thread answers =
          new Thread(
              () -> {
                try (Socket socket = http.accept()) {
                  socket.getOutputStream().write(BAD_REQUEST);
                  socket.getOutputStream().flush();
                  socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                  // The client has left.
                }
              });
      answers.start();
      VerbRun run = VerbRun.of("status", "--server", "127.0.0.1:" + http.getLocalPort());
      assertEquals(1, run.exitCode());
      assertEquals(1, run.err().lines().count(), run.err());
      assertTrue(run.err().contains("does not speak gRPC"), run.err());
      answers.join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:", ":::", "host:0", "host:70000", "http://x:1"})
  void whatIsNoAddressIsAWrongUse(String address) {
    VerbRun run = VerbRun.of("status", "--server", address);
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("it must be HOST:PORT"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--models", "--devices"})
  void aServerThatRunsTakesNoOptionsOfOneThatIsStarted(String option) {
    for (String verb : new String[] {"classify", "evaluate"}) {
      String[] line = {verb, "--server", "127.0.0.1:1", option, "cpu:1"};
      VerbRun run =
          verb.equals("classify")
              ? VerbRun.of(verb, "a.wav", line[1], line[2], line[3], line[4])
              : VerbRun.of(line);
      assertEquals(2, run.exitCode(), run.err());
      assertTrue(run.err().contains("give one of them"), run.err());
    }
  }

  @Test
  void modelsThatAreNotThereAreNamedBeforeAnythingStarts() throws IOException {
    Path missing = folder.resolve("models");
    for (String[] line :
        new String[][] {
          {"classify", "a.wav", "--models", missing.toString()},
          {"evaluate", "--models", missing.toString()}
        }) {
      VerbRun run = VerbRun.of(line);
      assertEquals(2, run.exitCode(), run.err());
      assertTrue(run.err().contains("there is no folder '" + missing + "'"), run.err());
    }
    Path file = Files.writeString(missing, "");
    VerbRun run = VerbRun.of("classify", "a.wav", "--models", file.toString());
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("is not a folder"), run.err());
  }

  @Test
  void whereNothingCanBeWrittenIsSaidBeforeTheWork() throws IOException {
    String truth = folder.resolve("t.npy").toString();
    String npy = folder.resolve("no/x.npy").toString();
    for (String[] line :
        new String[][] {
          {"spectrogram", truth, "--out", npy},
          {"curves", "--truth", truth, "--scores", truth, "--kind", "pr", "--out", npy},
          {"calibrate", "--truth", truth, "--scores", truth, "--out", npy},
        }) {
      VerbRun run = VerbRun.of(line);
      assertEquals(1, run.exitCode());
      assertEquals(
          "tutti: "
              + npy
              + ": cannot be written: there is no folder "
              + folder.resolve("no")
              + "\n",
          run.err());
    }
    Path file = Files.writeString(folder.resolve("file"), "");
    VerbRun run = VerbRun.of("evaluate", "--out", file.resolve("x").toString());
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains("file/x: cannot be"), run.err());
  }

  @ParameterizedTest
  @CsvSource({"spectrogram,--out,x.npy", "render,--out,out", "metrics,--scores,s.npy"})
  void whatIsNotThereIsNamed(String verb, String option, String value) {
    String none = folder.resolve("none").toString();
    String other = folder.resolve(value).toString();
    VerbRun run =
        switch (verb) {
          case "render" -> VerbRun.of(verb, "--font", none, option, other);
          case "metrics" -> VerbRun.of(verb, "--truth", none, option, other);
          default -> VerbRun.of(verb, none, option, other);
        };
    assertEquals(1, run.exitCode());
    assertEquals("tutti: " + none + ": there is no such file\n", run.err());
    assertFalse(Files.exists(Path.of(other)));
  }
}
