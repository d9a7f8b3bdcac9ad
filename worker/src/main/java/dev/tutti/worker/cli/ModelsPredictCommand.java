package dev.tutti.worker.cli;

import dev.tutti.core.npy.NpyArray;
import dev.tutti.core.npy.NpyWriter;
import dev.tutti.worker.keras.layer.TensorShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code tutti models predict}. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Write a model's answers to the samples of a NumPy file.")
final class ModelsPredictCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "A Keras model (.h5 or .keras) or a SavedModel.")
  private Path file;

  @Parameters(
      index = "1",
      paramLabel = "INPUT.npy",
      description =
          "Samples in the model's input shape: [N, …], or one without the N; a last axis of length"
              + " 1 may be left out.")
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

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (batch < 1) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--batch must be 1 or more");
    }
    NpyArray samples = NpyArray.read(input);
    try (RunnableModel model = RunnableModel.open(file, batch)) {
      int count = count(samples.shape(), model.input());
      float[] answers = answers(model, finite(samples.values(), model.input()), count);
      requireFinite(answers, model.output());
      List<Integer> shape = new ArrayList<>(model.output().sizes());
      shape.add(0, count);
      NpyWriter.write(out, answers, shape.stream().mapToInt(length -> length).toArray());
    }
    return CommandLine.ExitCode.OK;
  }

  private int count(List<Integer> shape, TensorShape sample) throws IOException {
    List<Integer> sizes = sample.sizes();
    boolean channel = sizes.size() > 1 && sample.channels() == 1;
    List<Integer> bare = channel ? sizes.subList(0, sizes.size() - 1) : sizes;
    if (shape.equals(sizes) || shape.equals(bare)) {
      return 1;
    }
    List<Integer> one = shape.isEmpty() ? shape : shape.subList(1, shape.size());
    if (!shape.isEmpty() && (one.equals(sizes) || one.equals(bare))) {
      return shape.get(0);
    }
    throw new IOException(
        "%s: has the shape %s; the model takes samples of %s".formatted(input, shape, sample));
  }

  private double[] finite(double[] samples, TensorShape sample) throws IOException {
    for (int i = 0; i < samples.length; i++) {
      if (!Float.isFinite((float) samples[i])) {
        long width = sample.elements();
        throw new IOException(
            "%s: sample %d has %s at index %d; samples are finite"
                .formatted(input, i / width, samples[i], i % width));
      }
    }
    return samples;
  }

  private void requireFinite(float[] answers, TensorShape answer) throws IOException {
    for (int i = 0; i < answers.length; i++) {
      if (!Float.isFinite(answers[i])) {
        throw new IOException(
            "%s: answers %s to sample %d of %s; nothing is written"
                .formatted(file, answers[i], i / answer.elements(), input));
      }
    }
  }

  private float[] answers(RunnableModel model, double[] samples, int count) {
    int width = Math.toIntExact(model.input().elements());
    int answerWidth = Math.toIntExact(model.output().elements());
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
