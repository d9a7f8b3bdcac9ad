package dev.tutti.worker.cli;

import dev.tutti.core.json.Json;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.worker.bank.ModelFolder;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code tutti models inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header =
        "Show the layers, shapes and cost of models; check all of each file, and run it on probes.")
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
    if (SavedModelFile.isOne(path) || !Files.isDirectory(path)) {
      Summary summary = inspected(path);
      out.println(json ? Json.write(summary.json()) : summary.text());
      return CommandLine.ExitCode.OK;
    }
    return folder(out);
  }

  /** What is shown of a model: for programs, for people, and for people who look at several. */
  private record Summary(Object json, String text, String line) {}

  private static Summary inspected(Path file) throws ModelFileException {
    Summary summary;
    if (SavedModelFile.isOne(file)) {
      SavedModelSummary model = SavedModelSummary.of(file);
      summary = new Summary(model, model.line(), model.line());
    } else {
      ModelSummary model = ModelSummary.of(file);
      summary = new Summary(model, text(model), line(model));
    }
    RunnableModel.open(file, 1).close();
    return summary;
  }

  private int folder(PrintWriter out) throws IOException {
    List<Object> models = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    Map<String, String> errors = new LinkedHashMap<>();
    List<Path> files = modelFiles();
    for (Path file : files) {
      try {
        Summary summary = inspected(file);
        models.add(summary.json());
        lines.add(summary.line());
      } catch (ModelFileException e) {
        errors.put(file.toString(), e.getMessage());
      }
    }
    if (json) {
      out.println(Json.write(Map.of("models", models, "errors", errors)));
    } else {
      lines.forEach(out::println);
    }
    PrintWriter err = spec.commandLine().getErr();
    missing(files).forEach(family -> err.println("Model for " + family.label() + " not found."));
    errors.values().forEach(error -> err.println("tutti: " + error));
    return errors.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  /** The families without a model, where the folder has models of families at all. */
  private static List<InstrumentFamily> missing(List<Path> files) {
    List<InstrumentFamily> families =
        files.stream().map(ModelFolder::familyOf).flatMap(Optional::stream).toList();
    return families.isEmpty() ? List.of() : ModelFolder.missing(FamilySet.of(families));
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
