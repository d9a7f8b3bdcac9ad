package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.FamilyPrediction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The example clients get the same answers as the stubs, by the commands of their READMEs, in a
 * checkout and in the unpacked archive.
 */
class PolyglotClientsTest {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir static Path folder;
  private static GatewayProcess gateway;

  private final Path note = Distribution.golden("wav/pcm16_stereo_16k.wav");

  @BeforeAll
  static void start() throws Exception {
    gateway = GatewayProcess.start(folder, "--devices", "cpu:1");
  }

  @AfterAll
  static void stop() throws Exception {
    if (gateway != null) {
      gateway.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void python(Layout layout) throws Exception {
    Requires.python("The Python client", "grpc", "google.protobuf");
    Requires.succeeds(
        "The Python client needs protoc (apt-get install protobuf-compiler libprotobuf-dev)",
        List.of("protoc", "--version"));
    Requires.succeeds(
        "The Python client needs grpc_python_plugin (apt-get install protobuf-compiler-grpc)",
        List.of("sh", "-c", "command -v grpc_python_plugin"));
    runReadme(layout.copyTo(folder).resolve("python"));
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void node(Layout layout) throws Exception {
    Requires.succeeds("The Node client needs node", List.of("node", "--version"));
    Path client = layout.copyTo(folder).resolve("node");
    Requires.succeeds(
        "The Node client needs its packages (npm ci reaches no registry)",
        List.of(
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--prefix",
            client.toString()));
    runReadme(client);
  }

  /** With the class path of a project that depends on the library alone. */
  @Test
  void javaInAProjectOfItsOwn() throws Exception {
    Path project = Distribution.root().resolve("client/examples/java");
    String libraries = Files.readString(project.resolve("target/class-path.txt"));
    String command =
        "java -cp '%s:%s' example.Classify localhost:50051 note.wav"
            .formatted(project.resolve("target/classes"), libraries);
    Distribution.Outcome outcome = run(command, project);
    assertSameTable(outcome);
    // Newer JDKs warn of what Netty reaches; no library complains that another is missing.
    assertEquals(List.of(), outcome.err().lines().filter(l -> !l.startsWith("WARNING: ")).toList());
  }

  @Test
  void javaWithTheJarsOfTheArchive() throws Exception {
    Path client = Layout.ARCHIVE.copyTo(folder).resolve("java");
    try (Stream<String> lines = Files.lines(client.resolve("README.md"))) {
      String command = lines.filter(line -> line.startsWith("java ")).findFirst().orElseThrow();
      assertSameTable(run(command, client));
    }
  }

  /**
   * Every command of a README but those that install packages, with the server and a note there.
   */
  private void runReadme(Path client) throws Exception {
    int answers = 0;
    boolean command = false;
    for (String line : Files.readAllLines(client.resolve("README.md"))) {
      if (line.startsWith("```")) {
        command = line.equals("```sh");
      } else if (command && !line.matches("(apt-get|pip|npm) .*")) {
        Distribution.Outcome outcome = run(line, client);
        if (line.endsWith("--json")) {
          assertSameAnswer(outcome);
          answers++;
        }
      }
    }
    assertTrue(answers > 0, client.toString());
  }

  /** Runs a command of a README with the server, the note and the programs that are here. */
  private Distribution.Outcome run(String line, Path folder) throws Exception {
    String known =
        line.replace("localhost:50051", "127.0.0.1:" + gateway.port())
            .replace("note.wav", note.toString())
            // What pip would have installed elsewhere, the system's own Python has here.
            .replace(" python3 ", " /usr/bin/python3 ")
            .replaceFirst("^java ", JAVA + " ")
            .replace("--proto DIR", "--proto " + Distribution.home().resolve("proto"));
    Distribution.Outcome outcome =
        Distribution.run(new ProcessBuilder("sh", "-c", known).directory(folder.toFile()));
    assertEquals(0, outcome.exitCode(), line + "\n" + outcome.err());
    return outcome;
  }

  private ClassifyResponse expected() throws IOException {
    return ClassificationServiceGrpc.newBlockingStub(gateway.channel())
        .classify(
            ClassifyRequest.newBuilder().setAudio(Inputs.file(Files.readAllBytes(note))).build());
  }

  private void assertSameTable(Distribution.Outcome outcome) throws IOException {
    StringBuilder table = new StringBuilder();
    for (FamilyPrediction wanted : expected().getPredictionsList()) {
      String family = wanted.getFamily().name().replace("INSTRUMENT_FAMILY_", "");
      table.append(
          String.format(
              Locale.ROOT,
              "%-10s  %.3f%s%n",
              family.toLowerCase(Locale.ROOT),
              wanted.getProbability(),
              wanted.getPresent() ? "  present" : ""));
    }
    assertEquals(table.toString(), outcome.out());
  }

  private void assertSameAnswer(Distribution.Outcome outcome) throws IOException {
    ClassifyResponse expected = expected();
    JsonNode answer = new ObjectMapper().readTree(outcome.out());
    assertEquals(expected.getBankDigest(), answer.get("bankDigest").asText());
    assertEquals(expected.getPredictionsCount(), answer.get("predictions").size());
    assertEquals(expected.getInputSeconds(), answer.get("inputSeconds").asDouble());
    assertEquals(expected.getAnalyzedSeconds(), answer.get("analyzedSeconds").asDouble());
    for (int i = 0; i < expected.getPredictionsCount(); i++) {
      FamilyPrediction wanted = expected.getPredictions(i);
      JsonNode got = answer.get("predictions").get(i);
      assertTrue(
          wanted
              .getFamily()
              .name()
              .equalsIgnoreCase("INSTRUMENT_FAMILY_" + got.get("family").asText()),
          got.toString());
      assertEquals(wanted.getProbability(), (float) got.get("probability").asDouble());
      assertEquals(wanted.getPresent(), got.get("present").asBoolean());
    }
  }

  /** Where a user finds the examples. Tests work on copies, as they leave files beside them. */
  private enum Layout {
    CHECKOUT {
      @Override
      Path copyTo(Path folder) throws Exception {
        Path root = Distribution.root();
        Files.createDirectories(folder.resolve("checkout/proto/src/main"));
        Files.createDirectories(folder.resolve("checkout/client"));
        run(
            "cp",
            "-r",
            root.resolve("proto/src/main/proto"),
            folder.resolve("checkout/proto/src/main"));
        run("cp", "-r", root.resolve("client/examples"), folder.resolve("checkout/client"));
        run("rm", "-rf", folder.resolve("checkout/client/examples/node/node_modules"));
        return folder.resolve("checkout/client/examples");
      }
    },
    ARCHIVE {
      @Override
      Path copyTo(Path folder) throws Exception {
        Path unpacked = Files.createDirectories(folder.resolve("archive"));
        run("tar", "-xzf", Distribution.archive(), "-C", unpacked, "--strip-components=1");
        return unpacked.resolve("examples");
      }
    };

    /** The folder of examples. */
    abstract Path copyTo(Path folder) throws Exception;

    private static void run(Object... command) throws Exception {
      List<String> words = Stream.of(command).map(Object::toString).toList();
      assertEquals(0, Distribution.run(new ProcessBuilder(words)).exitCode(), words.toString());
    }
  }
}
