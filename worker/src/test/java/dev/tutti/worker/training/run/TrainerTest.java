package dev.tutti.worker.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  @TempDir private Path folder;

  @Test
  void aKilledTrainingGoesOnToTheSameResult() throws IOException, InterruptedException {
    Path whole = Files.createDirectory(folder.resolve("whole"));
    TinyTraining.run(whole);
    Path killed = Files.createDirectory(folder.resolve("killed"));
    Process training =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TinyTraining.class.getName(),
                killed.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(training.getInputStream(), StandardCharsets.UTF_8))) {
      lines.readLine();
      lines.readLine();
    } finally {
      training.destroyForcibly();
      training.waitFor();
    }
    long step = Checkpoint.read(Trainer.checkpoint(killed, "joint")).step();
    assertTrue(step >= 10 && step < 60, "killed at step " + step);
    TinyTraining.run(killed);
    Checkpoint expected = Checkpoint.read(Trainer.checkpoint(whole, "joint"));
    Checkpoint found = Checkpoint.read(Trainer.checkpoint(killed, "joint"));
    assertEquals(expected.step(), found.step());
    assertEquals(expected.bestValue(), found.bestValue());
    expected
        .variables()
        .forEach((name, values) -> assertArrayEquals(values, found.variables().get(name), name));
  }

  @Test
  void lossFallsAndEveryEvaluationIsLogged() throws IOException, InterruptedException {
    TinyTraining.run(folder);
    List<String> log = Files.readAllLines(folder.resolve("log.jsonl"));
    assertEquals(6, log.size());
    assertTrue(loss(log.get(5)) < loss(log.get(0)), log.toString());
  }

  @Test
  void doesNotGoOnFromAnotherTraining() throws IOException {
    new Checkpoint("another", 1, 1, 0, Map.of()).write(Trainer.checkpoint(folder, "joint"));
    IOException e = assertThrows(IOException.class, () -> TinyTraining.run(folder));
    assertTrue(e.getMessage().contains("another"), e.getMessage());
  }

  private static double loss(String line) {
    return Double.parseDouble(line.replaceFirst(".*\"loss\":([0-9.]+).*", "$1"));
  }
}
