package dev.tutti.worker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.keras.read.SpoiledModel;
import dev.tutti.worker.savedmodel.SmallSavedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsInspectCommandTest {
  private static final Path SOUND = Golden.path("set65x30/family_flute_classifier.h5");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void missingFamiliesAreSaid() throws IOException {
    for (InstrumentFamily family : InstrumentFamily.values()) {
      if (family != InstrumentFamily.SYNTH_LEAD) {
        Golden.install(SOUND, folder, family);
      }
    }
    assertEquals(0, inspect(folder));
    assertEquals("Model for synth_lead not found.", err.toString().strip());
  }

  @Test
  void aModelThatAnswersNanIsRefused() throws IOException {
    Path file = folder.resolve("model.h5");
    SpoiledModel.overflowing(SOUND, file);
    assertEquals(1, inspect(file));
    assertEquals("tutti: " + file + ": the model answers NaN to noise", err.toString().strip());
  }

  @Test
  void aSavedModelThatAnswersNanIsRefused() throws IOException {
    Path saved = folder.resolve("saved");
    SmallSavedModel.write(saved, Float.NaN);
    assertEquals(1, inspect(saved));
    assertEquals("tutti: " + saved + ": the model answers NaN to noise", err.toString().strip());
  }

  @Test
  void aCorruptFileIsOneSentence() throws IOException {
    Path file = Files.write(folder.resolve("model.h5"), new byte[5000]);
    assertEquals(1, inspect(file));
    assertEquals(
        "tutti: " + file + ": is not an intact HDF5 file: No valid HDF5 signature found",
        err.toString().strip());
  }

  @Test
  void aBrokenFileDoesNotEndTheInspectionOfItsFolder() throws IOException {
    Golden.install(SOUND, folder, InstrumentFamily.FLUTE);
    Files.write(folder.resolve("family_bass_classifier.h5"), new byte[10]);
    assertEquals(1, inspect(folder));
    assertTrue(out.toString().contains("family_flute_classifier.h5: [65, 30, 1] -> [1]"));
  }

  private int inspect(Path path) {
    return CommandMain.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute("models", "inspect", path.toString());
  }
}
