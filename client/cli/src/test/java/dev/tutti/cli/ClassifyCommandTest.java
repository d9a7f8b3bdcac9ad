package dev.tutti.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.cli.classify.FileClassifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as typed, against a gateway that answers with the first sample it hears. */
@Timeout(60)
class ClassifyCommandTest {
  private static final int RATE = FakeServer.RATE;
  private static final String MISSING =
      "brass flute guitar keyboard mallet organ reed string synth_lead";

  @TempDir Path folder;
  private final FakeServer server = new FakeServer();

  ClassifyCommandTest() throws IOException {}

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aTableShowsEveryWindowAndItsDecision() throws IOException {
    Path one = clip("one.wav", 4, 0.1f);
    Path two = clip("two.wav", 6.5, 0.9f);
    VerbRun run = classify(one.toString(), two.toString());
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(
        """
        file                bass  vocal  decision
        one.wav            0.100  0.250  none
        two.wav 0.0-4.0 s  0.900  0.250  bass
        two.wav 4.0-6.5 s  0.910  0.250  bass
        """,
        run.out());
  }

  @Test
  void familiesWithoutAModelAreSaid() throws IOException {
    VerbRun run = classify(clip("one.wav", 4, 0.1f).toString());
    List<String> expected =
        List.of(MISSING.split(" ")).stream().map(f -> "Model for " + f + " not found.").toList();
    assertEquals(expected, run.err().lines().toList());
  }

  @Test
  void everyBadFileIsNamedBeforeAnyServerIsAsked() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.wav"), "no audio at all");
    String missing = folder.resolve("missing.wav").toString();
    VerbRun run =
        VerbRun.of(
            "classify", missing, broken.toString(), folder.toString(), "--server", "127.0.0.1:1");
    assertEquals(1, run.exitCode());
    List<String> lines = run.err().lines().toList();
    assertEquals(3, lines.size(), run.err());
    assertEquals("tutti: " + missing + ": there is no such file", lines.get(0));
    assertTrue(lines.get(1).startsWith("tutti: " + broken + ": "), lines.get(1));
    assertTrue(lines.get(1).contains("accepted are WAV, FLAC"), lines.get(1));
    assertEquals("tutti: " + folder + ": is a folder; name the files in it", lines.get(2));
    assertEquals("", run.out());
  }

  @Test
  void theGoodFilesAreAnsweredWhereOthersAreBad() throws IOException {
    String missing = folder.resolve("missing.wav").toString();
    String good = clip("good.wav", 4, 0.75f).toString();
    VerbRun table = classify(missing, good);
    assertEquals(1, table.exitCode());
    assertEquals(2, table.out().lines().count(), table.out());
    VerbRun run = classify("--json", missing, good);
    assertEquals(1, run.exitCode());
    JsonNode json = run.json();
    assertEquals("abc", json.get("bank_digest").textValue());
    assertEquals(9, json.get("missing_families").size());
    assertEquals(2, json.get("answers").size());
    assertEquals(missing, json.at("/answers/0/file").textValue());
    assertEquals("there is no such file", json.at("/answers/0/error").textValue());
    JsonNode answer = json.at("/answers/1");
    assertEquals(good, answer.get("file").textValue());
    assertEquals(4, answer.get("end_seconds").doubleValue());
    assertEquals(0.75, answer.at("/families/bass/probability").doubleValue());
    assertEquals(0.5, answer.at("/families/vocal/threshold").doubleValue());
    assertFalse(answer.at("/families/vocal/present").booleanValue());
    assertEquals(1, answer.get("present").size());
  }

  @Test
  void jsonNamesEveryFileThatFailsEvenWhereNoneIsLeft() throws IOException {
    String missing = folder.resolve("missing.wav").toString();
    VerbRun run = VerbRun.of("classify", "--json", missing, "--server", "127.0.0.1:1");
    assertEquals(1, run.exitCode());
    assertEquals("there is no such file", run.json().at("/answers/0/error").textValue());
  }

  @Test
  void aWindowThatIsMostlyPaddingIsMarked() throws IOException {
    String clip = clip("short.wav", 0.5, 0.75f).toString();
    String row = classify(clip).out().lines().toList().get(1);
    assertTrue(row.endsWith("bass  [0.5 s of sound, the rest of 4 s is padding]"), row);
    JsonNode answer = classify("--json", clip).json().at("/answers/0");
    assertTrue(answer.get("mostly_padding").booleanValue());
    assertEquals(3.5, answer.get("padded_seconds").doubleValue(), 1e-9);
    assertEquals(0.5, answer.get("analyzed_seconds").doubleValue(), 1e-9);
    String whole = clip("whole.wav", 2.5, 0.75f).toString();
    assertTrue(classify(whole).out().strip().endsWith("bass"));
    assertFalse(classify("--json", whole).json().at("/answers/0/mostly_padding").booleanValue());
  }

  @Test
  void aRestThatIsNotHeardIsSaid() throws IOException {
    String clip = clip("rest.wav", 4.6, 0.75f).toString();
    VerbRun run = classify(clip);
    assertEquals(2, run.out().lines().count(), run.out());
    assertTrue(run.out().strip().endsWith("bass  [the last 0.6 s not heard]"), run.out());
    JsonNode answer = classify("--json", clip).json().at("/answers/0");
    assertEquals(0.6, answer.get("unheard_seconds").doubleValue(), 1e-3);
  }

  @Test
  void filesOfOneNameAreShownByPath() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Files.createDirectories(folder.resolve("b"));
    String first = clip("a/x.wav", 4, 0.1f).toString();
    String second = clip("b/x.wav", 4, 0.9f).toString();
    String other = clip("b/y.wav", 4, 0.9f).toString();
    List<String> rows = classify(first, second, other).out().lines().toList();
    assertTrue(rows.get(1).startsWith(first + "  0.100"), rows.get(1));
    assertTrue(rows.get(2).startsWith(second + "  0.900"), rows.get(2));
    assertTrue(rows.get(3).startsWith("y.wav "), rows.get(3));
  }

  @Test
  void aLongFileIsAnsweredInOrderWithFourWindowsUnderWay() throws IOException {
    server.gate = new CountDownLatch(FileClassifier.WINDOWS_IN_FLIGHT);
    String clip = clip("long.wav", 90, 0).toString();
    List<String> rows = classify(clip).out().lines().skip(1).toList();
    assertEquals(23, rows.size());
    for (int i = 0; i < rows.size(); i++) {
      String probability = String.format(Locale.ROOT, "  0.%02d0  ", i);
      assertTrue(rows.get(i).contains(probability), rows.get(i));
    }
    assertTrue(rows.get(13).startsWith("long.wav 52.0-56.0 s    0.130"), rows.get(13));
    assertTrue(rows.get(14).startsWith("long.wav 0:56.0-1:00.0  0.140"), rows.get(14));
    assertTrue(rows.get(22).startsWith("long.wav 1:28.0-1:30.0  0.220"), rows.get(22));
    assertEquals(FileClassifier.WINDOWS_IN_FLIGHT, server.mostUnderWay.get());
    assertEquals(23, server.calls.get());
  }

  private VerbRun classify(String... arguments) {
    String[] line = new String[arguments.length + 3];
    line[0] = "classify";
    line[1] = "--server";
    line[2] = server.address();
    System.arraycopy(arguments, 0, line, 3, arguments.length);
    return VerbRun.of(line);
  }

  /** A clip each of whose windows begins with a sample 0.01 above that of the one before. */
  private Path clip(String name, double seconds, float first) throws IOException {
    float[] samples = new float[(int) Math.round(seconds * RATE)];
    for (int i = 0; i < samples.length; i++) {
      int window = i / FakeServer.WINDOW;
      samples[i] = first + 0.01f * window;
    }
    return WaveFile.write(folder.resolve(name), samples, RATE, 1);
  }
}
