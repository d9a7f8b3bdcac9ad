package dev.tutti.worker.cli;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.savedmodel.SavedModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code tutti models inspect}. It loads no TensorFlow. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Show the layers, shapes and cost of models; check all of each file.")
final class ModelsInspectCommand implements Callable<Integer> {
  private static final String MODELS = ".*\\.(h5|keras)";

  @Parameters(
      paramLabel = "FILE|DIR",
      description = "A Keras model (.h5 or .keras), a SavedModel, or a folder of them.")
  private Path path;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (SavedModelFile.isOne(path)) {
      SavedModelSummary summary = SavedModelSummary.of(path);
      out.println(json ? Json.write(summary) : summary.line());
      return CommandLine.ExitCode.OK;
    }
    if (!Files.isDirectory(path)) {
      ModelSummary summary = ModelSummary.of(path);
      out.println(json ? Json.write(summary) : text(summary));
      return CommandLine.ExitCode.OK;
    }
    List<Object> models = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    Map<String, String> errors = new LinkedHashMap<>();
    for (Path file : modelFiles()) {
      try {
        if (SavedModelFile.isOne(file)) {
          SavedModelSummary summary = SavedModelSummary.of(file);
          models.add(summary);
          lines.add(summary.line());
        } else {
          ModelSummary summary = ModelSummary.of(file);
          models.add(summary);
          lines.add(line(summary));
        }
      } catch (ModelFileException e) {
        errors.put(file.toString(), e.getMessage());
      }
    }
    if (json) {
      out.println(Json.write(Map.of("models", models, "errors", errors)));
    } else {
      lines.forEach(out::println);
    }
    errors.values().forEach(error -> spec.commandLine().getErr().println("tutti: " + error));
    return errors.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private List<Path> modelFiles() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      List<Path> files =
          entries
              .filter(file -> file.toString().matches(MODELS) || SavedModelFile.isOne(file))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw new IOException(path + ": holds no .h5, no .keras file and no SavedModel");
      }
      return files;
    }
  }

  private static String line(ModelSummary model) {
    return "%s: %s -> %s, %,d parameters, %,d FLOPs, digest %s"
        .formatted(
            model.file(),
            model.input(),
            model.output(),
            model.parameters(),
            model.flops(),
            model.digest());
  }

  private static String text(ModelSummary model) {
    StringBuilder text = new StringBuilder(line(model));
    for (ModelSummary.Layer layer : model.layers()) {
      text.append(
          "%n  %-32s %-24s %-20s %,12d parameters %,16d FLOPs"
              .formatted(
                  layer.name(), layer.kind(), layer.output(), layer.parameters(), layer.flops()));
    }
    return text.toString();
  }
}
