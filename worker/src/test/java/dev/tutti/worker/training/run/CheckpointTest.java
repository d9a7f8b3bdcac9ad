package dev.tutti.worker.training.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  @TempDir private Path folder;

  @Test
  void comesBackAsItWas() throws IOException {
    Checkpoint written = checkpoint();
    Path file = folder.resolve("a.checkpoint");
    written.write(file);
    written.write(file);
    Checkpoint read = Checkpoint.read(file);
    assertEquals(written.plan(), read.plan());
    assertEquals(written.step(), read.step());
    assertEquals(written.trainedNanos(), read.trainedNanos());
    assertEquals(written.bestValue(), read.bestValue());
    assertEquals(written.variables().keySet(), read.variables().keySet());
    assertArrayEquals(written.variables().get("b"), read.variables().get("b"));
  }

  @Test
  void refusesWhatIsCut() throws IOException {
    Path file = folder.resolve("a.checkpoint");
    checkpoint().write(file);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(IOException.class, () -> Checkpoint.read(file), "length " + length);
    }
  }

  @Test
  void refusesOtherFilesAndImpossibleSizes() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "this is not a checkpoint at all");
    assertThrows(IOException.class, () -> Checkpoint.read(text));
    Path file = folder.resolve("a.checkpoint");
    checkpoint().write(file);
    byte[] damaged = Files.readAllBytes(file);
    int length = damaged.length - 3 * Float.BYTES - Integer.BYTES;
    damaged[length] = 0x70;
    Files.write(file, damaged);
    assertThrows(IOException.class, () -> Checkpoint.read(file));
  }

  private static Checkpoint checkpoint() {
    Map<String, float[]> variables = new LinkedHashMap<>();
    variables.put("a", new float[] {1});
    variables.put("b", new float[] {1.5f, -2, Float.MIN_VALUE});
    return new Checkpoint("plan", 7, 8, 0.25, variables);
  }
}
