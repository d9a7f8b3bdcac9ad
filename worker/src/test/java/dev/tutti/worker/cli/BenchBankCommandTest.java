package dev.tutti.worker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tutti.worker.golden.Golden;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

  private static double figure(JsonNode answer, String name) {
    for (JsonNode line : answer.path("figures")) {
      if (line.path("name").asText().equals(name)) {
        return line.path("value").asDouble();
      }
    }
    throw new AssertionError(name + " is missing: " + answer);
  }
}
