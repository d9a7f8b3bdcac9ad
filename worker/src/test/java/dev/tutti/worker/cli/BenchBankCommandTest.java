package dev.tutti.worker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tutti.worker.golden.Golden;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(180)
class BenchBankCommandTest {
  @Test
  void modelsOfAFolderAreMeasuredInThisProcessAndInWorkers() throws IOException {
    StringWriter out = new StringWriter();
    String models = Golden.path("set65x30").toString();
    int code =
        new CommandLine(new BenchBankCommand())
            .setOut(new PrintWriter(out))
            .execute("--models", models, "--rounds", "1", "--threads", "1", "--json");
    assertEquals(0, code);
    JsonNode answer = new ObjectMapper().readTree(out.toString());
    LocalDate.parse(answer.path("date").asText());
    assertTrue(answer.path("load_average_before").isNumber());
    for (String what :
        new String[] {
          ", fused float32, batch 8: gain",
          ", worker in float32: start to READY",
          ", worker in float32: resident then",
          ", worker in bfloat16: call over its socket, batch 1",
        }) {
      assertTrue(figure(answer, "models of " + models + what) > 0, what);
    }
  }

  @Test
  void batchesThatMemoryHasNoRoomForAreNotSent() {
    StringWriter out = new StringWriter();
    int code = bench(out, new StringWriter(), "--memory", "1M");
    assertEquals(0, code, out::toString);
    assertTrue(out.toString().contains("worker in float32: call over its socket, batch 1"));
    assertFalse(out.toString().contains("batch 8"), out::toString);
  }

  @Test
  void whatWasMeasuredBeforeAFailureIsShown(@TempDir Path folder) throws IOException {
    Path launcher =
        Files.writeString(folder.resolve("tutti"), "#!/bin/sh\necho no luck >&2\nexit 2\n");
    assertTrue(launcher.toFile().setExecutable(true));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String before = System.setProperty("tutti.launcher", launcher.toString());
    try {
      assertEquals(1, bench(out, err));
    } finally {
      if (before == null) {
        System.clearProperty("tutti.launcher");
      } else {
        System.setProperty("tutti.launcher", before);
      }
    }
    assertTrue(out.toString().contains("fused bfloat16, batch 8: gain"), out::toString);
    assertFalse(out.toString().contains("start to READY"), out::toString);
    assertEquals(
        "tutti: the bench ended after 10 figures: the worker did not start: no luck",
        err.toString().strip());
  }

  @Test
  void aMemoryLimitThatIsNoneIsWrongUsage() {
    StringWriter err = new StringWriter();
    assertEquals(2, bench(new StringWriter(), err, "--memory", "much"));
    assertTrue(err.toString().contains("--memory: 'much' is not a memory limit"), err::toString);
  }

  private static int bench(StringWriter out, StringWriter err, String... more) {
    String models = Golden.path("set65x30").toString();
    List<String> command =
        new ArrayList<>(
            List.of("bench", "bank", "--models", models, "--rounds", "1", "--threads", "1"));
    command.addAll(List.of(more));
    return CommandMain.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(command.toArray(String[]::new));
  }

  private static double figure(JsonNode answer, String name) {
    for (JsonNode line : answer.path("figures")) {
      if (line.path("name").asText().equals(name)) {
        return line.path("value").asDouble();
      }
    }
    throw new AssertionError(name + " is missing: " + answer);
  }
}
