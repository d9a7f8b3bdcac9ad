package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs as a user types them: answers, JSON, exit codes. */
class CommandLineTest {
  @TempDir Path folder;

  @Test
  void namesOfFilesAreNoOptionsOfWhatTheLauncherRuns(@TempDir Path folder) throws Exception {
    for (String name : List.of("-delete", "--help.wav", "kept.wav", "=", "!")) {
      Files.writeString(folder.resolve(name), "no audio");
    }
    ProcessBuilder command =
        Distribution.command("classify", "--", "-delete", "--help.wav", "=", "!");
    Distribution.Outcome outcome = Distribution.run(command.directory(folder.toFile()));
    assertEquals(1, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome.err().lines().allMatch(line -> line.contains("the file is text")), outcome.err());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(5, left.count());
    }
  }

  @Test
  void classifyAnswersInATableAndInJson() throws Exception {
    List<Path> notes = notes("flute");
    Distribution.Outcome table =
        Distribution.run("classify", notes.get(0).toString(), notes.get(1).toString());
    assertEquals(0, table.exitCode(), table.err());
    assertEquals(3, table.out().lines().count(), table.out());

    Distribution.Outcome json = Distribution.run("classify", "--json", notes.get(0).toString());
    JsonNode answer = new ObjectMapper().readTree(json.out()).get("answers").get(0);
    assertEquals(11, answer.get("families").size());
    for (JsonNode family : answer.get("families")) {
      assertEquals(
          family.get("probability").asDouble() > family.get("threshold").asDouble(),
          family.get("present").asBoolean());
    }
  }

  @Test
  void aFileThatIsNotThereIsNamedAndTheOthersAreAnswered() throws Exception {
    Distribution.Outcome outcome =
        Distribution.run("classify", "no-such-file.wav", notes("organ").get(0).toString());
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("no-such-file.wav"), outcome.err());
    assertEquals(2, outcome.out().lines().count(), outcome.out());
  }

  /** Three minutes of 44.1 kHz stereo are 32 MB as they are, and more as numbers. */
  @Test
  void aLongFileIsAnsweredInLessMemoryThanItHasBytes() throws Exception {
    Path file = folder.resolve("long.wav");
    stereo(file, 180);
    ProcessBuilder command = Distribution.command("classify", file.toString());
    command.environment().put("TUTTI_HEAP", "28m");
    Distribution.Outcome outcome = Distribution.run(command);
    assertEquals(0, outcome.exitCode(), outcome.err());
    List<String> rows = outcome.out().lines().skip(1).toList();
    assertEquals(45, rows.size());
    assertTrue(rows.get(44).startsWith("long.wav 2:56.0-3:00.0"), rows.get(44));
  }

  private static void stereo(Path file, int seconds) throws IOException {
    int rate = 44_100;
    int bytes = seconds * rate * 4;
    ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
    header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    header.putShort((short) 1).putShort((short) 2).putInt(rate).putInt(rate * 4);
    header.putShort((short) 4).putShort((short) 16);
    header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    ByteBuffer second = ByteBuffer.allocate(rate * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rate; i++) {
      short sample = (short) (8000 * Math.sin(2 * Math.PI * 330 * i / rate));
      second.putShort(sample).putShort(sample);
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(header.array());
      for (int i = 0; i < seconds; i++) {
        out.write(second.array());
      }
    }
  }

  @Test
  void modelsThatCannotBeServedAreOneSentenceWithTheWorkersReason() throws Exception {
    Path broken = folder.resolve("family_bass_classifier.h5");
    byte[] whole = Files.readAllBytes(Distribution.golden("models/family_bass_classifier.h5"));
    Files.write(broken, Arrays.copyOf(whole, 2000));
    Distribution.Outcome outcome =
        Distribution.run(
            "classify", "--models", folder.toString(), notes("organ").get(0).toString());
    assertEquals(1, outcome.exitCode());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(
        outcome.err().startsWith("tutti: the server did not start: " + broken + ": "),
        outcome.err());
  }

  @Test
  void aHostThatIsNotThereIsOneSentence() throws Exception {
    Distribution.Outcome outcome =
        Distribution.run("status", "--server", "no-such-host.invalid:50051");
    assertEquals(1, outcome.exitCode());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().contains("no-such-host.invalid:50051"), outcome.err());
  }

  @Test
  void evaluateGivesTheSameFiguresForTheSameSeed() throws Exception {
    JsonNode first = evaluate("5");
    JsonNode second = evaluate("5");
    JsonNode other = evaluate("6");
    assertEquals(120, first.get("samples").asInt());
    for (String key :
        List.of("map_macro", "within_k_auc", "bit_accuracy", "jaccard_samples", "emr")) {
      assertTrue(first.get(key).isNumber(), key);
      assertEquals(first.get(key), second.get(key), key);
    }
    assertTrue(!first.get("map_macro").equals(other.get("map_macro")));
    assertEquals(4, first.get("groups").size());
  }

  @Test
  void statusSaysWhatIsServed() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder, "--devices", "cpu:1")) {
      String server = "127.0.0.1:" + gateway.port();
      Distribution.Outcome outcome = Distribution.run("status", "--json", "--server", server);
      assertEquals(0, outcome.exitCode(), outcome.err());
      JsonNode status = new ObjectMapper().readTree(outcome.out());
      assertTrue(status.get("serving").asBoolean());
      assertEquals("ready", status.get("workers").get(0).get("state").asText());
    }
  }

  @Test
  void helpOfThePrograms() throws Exception {
    for (String verb : List.of("serve", "worker", "train", "metrics", "evaluate")) {
      Distribution.Outcome help = Distribution.run(verb, "--help");
      assertEquals(0, help.exitCode(), help.err());
      assertEquals("", help.err(), verb);
      assertTrue(help.out().contains("Usage: tutti"), help.out());
    }
  }

  @Test
  void exitCodesTellFailureFromWrongUsage() throws Exception {
    assertEquals(0, Distribution.run("--help").exitCode());
    assertEquals(0, Distribution.run("serve", "--help").exitCode());
    assertEquals(2, Distribution.run("clasify").exitCode());
    assertEquals(2, Distribution.run("classify").exitCode());
    assertEquals(2, Distribution.run("serve", "--models", "no/such/folder").exitCode());
    Distribution.Outcome typo = Distribution.run("serve", "--set", "batching.max-batchsize=4");
    assertEquals(2, typo.exitCode());
    assertTrue(typo.err().contains("batching.max-batch-size"), typo.err());
    assertEquals(1, Distribution.run("status", "--server", "127.0.0.1:1").exitCode());
  }

  private static JsonNode evaluate(String seed) throws Exception {
    Distribution.Outcome outcome =
        Distribution.run("evaluate", "--json", "--seed", seed, "--groups", "0:20,1:40,4:40,10:20");
    assertEquals(0, outcome.exitCode(), outcome.err());
    return new ObjectMapper().readTree(outcome.out());
  }

  private static List<Path> notes(String family) throws Exception {
    try (Stream<Path> files = Files.list(Distribution.home().resolve("samples").resolve(family))) {
      return files.sorted().toList();
    }
  }
}
