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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example clients in other languages get the same answers as the Java stubs. */
class PolyglotClientsTest {
  @TempDir static Path folder;
  private static GatewayProcess gateway;

  private final Path examples = Distribution.root().resolve("client/examples");
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

  @Test
  void python() throws Exception {
    String python = Requires.python("The Python client", "grpc", "google.protobuf");
    Requires.succeeds(
        "The Python client needs protoc (apt-get install protobuf-compiler libprotobuf-dev)",
        List.of("protoc", "--version"));
    Requires.succeeds(
        "The Python client needs grpc_python_plugin (apt-get install protobuf-compiler-grpc)",
        List.of("sh", "-c", "command -v grpc_python_plugin"));
    Path stubs = folder.resolve("stubs");
    Distribution.Outcome generated =
        Distribution.run(
            new ProcessBuilder(
                examples.resolve("python/generate.sh").toString(), stubs.toString()));
    assertEquals(0, generated.exitCode(), generated.err());

    ProcessBuilder client =
        new ProcessBuilder(
            python,
            examples.resolve("python/classify.py").toString(),
            "127.0.0.1:" + gateway.port(),
            note.toString(),
            "--json");
    client.environment().put("PYTHONPATH", stubs.toString());
    assertSameAnswer(Distribution.run(client));
  }

  @Test
  void node() throws Exception {
    Requires.succeeds("The Node client needs node", List.of("node", "--version"));
    // The packages go into a copy: tests leave the sources alone.
    Path client = folder.resolve("examples/node");
    copy(examples.resolve("node"), client);
    copy(examples.resolve("third_party"), folder.resolve("examples/third_party"));
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
    assertSameAnswer(
        Distribution.run(
            new ProcessBuilder(
                "node",
                client.resolve("classify.mjs").toString(),
                "127.0.0.1:" + gateway.port(),
                note.toString(),
                "--json",
                "--proto",
                Distribution.root().resolve("proto/src/main/proto").toString())));
  }

  private void assertSameAnswer(Distribution.Outcome outcome) throws IOException {
    assertEquals(0, outcome.exitCode(), outcome.err());
    ClassifyResponse expected =
        ClassificationServiceGrpc.newBlockingStub(gateway.channel())
            .classify(
                ClassifyRequest.newBuilder()
                    .setAudio(Inputs.file(Files.readAllBytes(note)))
                    .build());
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

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(path -> !path.toString().contains("node_modules")).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
