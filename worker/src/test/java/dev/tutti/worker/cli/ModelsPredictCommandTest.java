package dev.tutti.worker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.content.PackedFloats;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.npy.NpyArray;
import dev.tutti.core.npy.NpyWriter;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.keras.read.SpoiledModel;
import dev.tutti.worker.savedmodel.SmallSavedModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsPredictCommandTest {
  private static final int BINS = 65;
  private static final int FRAMES = 30;

  @TempDir private Path folder;

  @Test
  void aKerasModelAnswersInSeveralBatches() throws IOException {
    List<ByteBuffer> rows = Golden.smallRows();
    float[] samples = new float[rows.size() * BINS * FRAMES];
    for (int i = 0; i < rows.size(); i++) {
      float[] row = PackedFloats.unpack(rows.get(i));
      System.arraycopy(row, 0, samples, i * row.length, row.length);
    }
    Path model = Golden.path("set65x30/family_bass_classifier.h5");
    NpyArray answers = predict(model, samples, rows.size(), "--batch", "3");
    double[][] expected = Golden.probabilities("set65x30", FamilySet.of(InstrumentFamily.BASS));
    assertEquals(List.of(rows.size(), 1), answers.shape());
    for (int i = 0; i < rows.size(); i++) {
      assertEquals(expected[i][0], answers.values()[i], 2e-5);
    }
  }

  @Test
  void aSavedModelAnswersToo() throws IOException {
    Path model = folder.resolve("saved");
    SmallSavedModel.write(model);
    float[] samples = new float[2 * BINS * FRAMES];
    Arrays.fill(samples, 0, BINS * FRAMES, -20);
    NpyArray answers = predict(model, samples, 2);
    double first = SmallSavedModel.SCALE * -20 + SmallSavedModel.SHIFT;
    assertEquals(1 / (1 + Math.exp(-first)), answers.values()[0], 1e-6);
    assertEquals(1 / (1 + Math.exp(-SmallSavedModel.SHIFT)), answers.values()[1], 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"1;65;30;1", "65;30;1", "65;30", "1;65;30"})
  void aChannelAxisThatIsMissingIsAdded(String shape) throws IOException {
    int[] sizes = Arrays.stream(shape.split(";", -1)).mapToInt(Integer::parseInt).toArray();
    float[] sample = PackedFloats.unpack(Golden.smallRows().get(1));
    Path input = folder.resolve("in.npy");
    NpyWriter.write(input, sample, sizes);
    StringWriter err = new StringWriter();
    assertEquals(
        0, run(err, Golden.path("set65x30/family_bass_classifier.h5"), input), err::toString);
    double[][] expected = Golden.probabilities("set65x30", FamilySet.of(InstrumentFamily.BASS));
    NpyArray answers = NpyArray.read(folder.resolve("out.npy"));
    assertEquals(List.of(1, 1), answers.shape());
    assertEquals(expected[1][0], answers.values()[0], 2e-5);
  }

  @Test
  void severalSamplesMayLackTheChannelAxis() throws IOException {
    Path input = folder.resolve("in.npy");
    NpyWriter.write(input, new float[3 * BINS * FRAMES], 3, BINS, FRAMES);
    Path model = Golden.path("set65x30/family_bass_classifier.h5");
    assertEquals(0, run(new StringWriter(), model, input));
    assertEquals(List.of(3, 1), NpyArray.read(folder.resolve("out.npy")).shape());
  }

  @Test
  void aModelThatAnswersNanWritesNothing() throws IOException {
    Path model = folder.resolve("model.h5");
    SpoiledModel.overflowing(Golden.path("set65x30/family_bass_classifier.h5"), model);
    Path input = folder.resolve("in.npy");
    NpyWriter.write(input, new float[BINS * FRAMES], BINS, FRAMES);
    StringWriter err = new StringWriter();
    assertEquals(1, run(err, model, input));
    assertEquals("tutti: " + model + ": the model answers NaN to noise", err.toString().strip());
    assertFalse(Files.exists(folder.resolve("out.npy")));
  }

  @Test
  void samplesThatAreNotFiniteAreNamed() throws IOException {
    float[] samples = new float[2 * BINS * FRAMES];
    samples[BINS * FRAMES + 7] = Float.NaN;
    Path input = folder.resolve("in.npy");
    NpyWriter.write(input, samples, 2, BINS, FRAMES);
    StringWriter err = new StringWriter();
    assertEquals(1, run(err, Golden.path("set65x30/family_bass_classifier.h5"), input));
    assertTrue(err.toString().contains("in.npy: sample 1 has NaN at index 7"), err::toString);
  }

  @Test
  void samplesOfAnotherShapeAreRefused() throws IOException {
    Path input = folder.resolve("in.npy");
    NpyWriter.write(input, new float[12], 3, 4);
    StringWriter err = new StringWriter();
    Path model = Golden.path("set65x30/family_bass_classifier.h5");
    assertEquals(1, run(err, model, input));
    assertTrue(err.toString().contains("[3, 4]"), err.toString());
    assertEquals(2, run(new StringWriter(), model, input, "--batch", "0"));
  }

  private NpyArray predict(Path model, float[] samples, int count, String... more)
      throws IOException {
    Path input = folder.resolve("in.npy");
    NpyWriter.write(input, samples, count, BINS, FRAMES, 1);
    StringWriter err = new StringWriter();
    assertEquals(0, run(err, model, input, more), err::toString);
    return NpyArray.read(folder.resolve("out.npy"));
  }

  private int run(StringWriter err, Path model, Path input, String... more) {
    String[] command = {
      "models",
      "predict",
      model.toString(),
      input.toString(),
      "--out",
      folder.resolve("out.npy").toString()
    };
    String[] all = Arrays.copyOf(command, command.length + more.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return CommandMain.commandLine().setErr(new PrintWriter(err, true)).execute(all);
  }
}
