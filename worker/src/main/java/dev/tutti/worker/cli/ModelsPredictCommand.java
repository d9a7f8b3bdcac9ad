package dev.tutti.worker.cli;

import dev.tutti.core.npy.NpyArray;
import dev.tutti.core.npy.NpyWriter;
import dev.tutti.worker.device.DeviceSettings;
import dev.tutti.worker.graph.PlainModel;
import dev.tutti.worker.keras.KerasModelFile;
import dev.tutti.worker.keras.TensorShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code tutti models predict}. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Write a model's answers to the samples of a NumPy file.")
final class ModelsPredictCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "FILE", description = "A Keras model (.h5 or .keras).")
  private Path file;

  @Parameters(
      index = "1",
      paramLabel = "INPUT.npy",
      description = "Samples in the model's input shape: [N, …], or one without the N.")
  private Path input;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "OUT.npy",
      description = "Where to write the answers: float32 [N, …].")
  private Path out;

  @Option(
      names = "--batch",
      defaultValue = "8",
      paramLabel = "N",
      description = "Samples in one run (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Override
  public Integer call() throws IOException {
    NpyArray samples = NpyArray.read(input);
    try (KerasModelFile opened = KerasModelFile.open(file)) {
      int count = count(samples.shape(), opened.model().input());
      DeviceSettings device = new DeviceSettings(1, 1, Optional.empty());
      int size = Math.max(1, Math.min(batch, count));
      try (PlainModel model =
          PlainModel.load(opened.model(), opened, size, device.sessionConfig())) {
        float[] answers = answers(model, samples.values(), count, opened, size);
        List<Integer> shape = new ArrayList<>(opened.model().output().sizes());
        shape.add(0, count);
        NpyWriter.write(out, answers, shape.stream().mapToInt(length -> length).toArray());
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private int count(List<Integer> shape, TensorShape sample) throws IOException {
    if (shape.equals(sample.sizes())) {
      return 1;
    }
    if (shape.size() == sample.rank() + 1
        && shape.subList(1, shape.size()).equals(sample.sizes())) {
      return shape.get(0);
    }
    throw new IOException(
        "%s: has the shape %s; the model takes samples of %s".formatted(input, shape, sample));
  }

  private static float[] answers(
      PlainModel model, double[] samples, int count, KerasModelFile file, int batch) {
    int width = Math.toIntExact(file.model().input().elements());
    int answerWidth = Math.toIntExact(file.model().output().elements());
    float[] answers = new float[Math.multiplyExact(count, answerWidth)];
    for (int first = 0; first < count; first += batch) {
      float[] some = new float[Math.min(batch, count - first) * width];
      for (int i = 0; i < some.length; i++) {
        some[i] = (float) samples[first * width + i];
      }
      float[] answer = model.run(some);
      System.arraycopy(answer, 0, answers, first * answerWidth, answer.length);
    }
    return answers;
  }
}
