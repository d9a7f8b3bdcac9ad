package dev.tutti.cli.report;

import dev.tutti.client.EvaluationEvent;
import dev.tutti.client.FamilyTag;
import dev.tutti.core.csv.CsvWriter;
import dev.tutti.core.json.Json;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.core.metrics.FamilyReport;
import dev.tutti.core.metrics.GroupReport;
import dev.tutti.core.metrics.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an evaluation leaves in a folder. Files with a row a sample are written as predictions come,
 * so that their size does not matter; rows of all of them are in the same order.
 */
public final class EvaluationFiles implements AutoCloseable {
  private final Path folder;
  private final FamilySet families;
  private final CsvWriter predictions;
  private final CsvWriter probabilities;
  private final CsvWriter samples;

  /** Makes the folder where there is none, and begins the files. */
  public EvaluationFiles(Path folder, FamilySet families) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.families = families;
    this.predictions = begin("predictions.csv", "True Labels", "Pred Labels");
    this.probabilities = begin("probabilities.csv", "True Labels", "Predicted Probabilities");
    this.samples = begin("samples.csv", "index", "id", "notes", "error");
  }

  private CsvWriter begin(String name, Object... header) throws IOException {
    CsvWriter writer = new CsvWriter(folder.resolve(name));
    writer.row(header);
    return writer;
  }

  /** A sample that failed stands in {@code samples.csv} alone. */
  void add(EvaluationEvent.Prediction prediction) {
    try {
      if (!prediction.tags().isEmpty()) {
        String truth =
            families.asList().stream()
                .map(family -> prediction.truth().contains(family) ? "1" : "0")
                .collect(Collectors.joining(" "));
        predictions.row(truth, joined(prediction, tag -> tag.present() ? "1" : "0"));
        probabilities.row(truth, joined(prediction, tag -> Float.toString(tag.probability())));
      }
      samples.row(
          prediction.index(),
          prediction.id(),
          String.join(" ", prediction.noteIds()),
          prediction.error());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String joined(
      EvaluationEvent.Prediction prediction, Function<FamilyTag, String> value) {
    return prediction.tags().stream().map(value).collect(Collectors.joining(" "));
  }

  /** Writes what is known at the end, and ends all files. */
  void finish(EvaluationEvent.Summary summary, Map<String, Object> json, Optional<SoloReports> solo)
      throws IOException {
    averagePrecisions(summary.metrics());
    groups(summary.metrics().groups());
    Map<String, Double> thresholds = new LinkedHashMap<>();
    summary
        .metrics()
        .families()
        .forEach(family -> thresholds.put(family.family().label(), family.threshold()));
    Files.writeString(folder.resolve("thresholds.json"), Json.write(thresholds) + "\n");
    Files.writeString(folder.resolve("report.json"), Json.write(json) + "\n");
    if (solo.isPresent()) {
      confusion("solo_confusion.csv", solo.get().tenWay());
      confusion("solo_confusion_11_way.csv", solo.get().elevenWay());
    }
    close();
  }

  private void averagePrecisions(EvaluationReport report) throws IOException {
    try (CsvWriter file = begin("average_precision.csv", "family", "average_precision")) {
      for (FamilyReport family : report.families()) {
        file.row(family.family().label(), cell(family.averagePrecision()));
      }
      file.row("mean", cell(report.meanAveragePrecision()));
    }
  }

  private void groups(List<GroupReport> groups) throws IOException {
    List<Object> header =
        new ArrayList<>(
            List.of("size", "name", "samples", "emr", "jaccard_samples", "bit_accuracy"));
    families.forEach(family -> header.add("accuracy_" + family.label()));
    families.forEach(family -> header.add("recall_" + family.label()));
    try (CsvWriter file = begin("groups.csv", header.toArray())) {
      for (GroupReport group : groups) {
        List<Object> cells =
            new ArrayList<>(
                List.of(
                    group.size(),
                    group.name(),
                    group.samples(),
                    cell(group.exactMatchRatio()),
                    cell(group.jaccardSamples()),
                    cell(group.bitAccuracy())));
        group.familyConfusions().forEach(counts -> cells.add(cell(counts.accuracy())));
        group.familyConfusions().forEach(counts -> cells.add(cell(counts.recall())));
        file.row(cells);
      }
    }
  }

  private void confusion(String name, SoloReport solo) throws IOException {
    List<Object> header = new ArrayList<>(List.of("actual"));
    header.addAll(solo.labels());
    try (CsvWriter file = begin(name, header.toArray())) {
      for (int i = 0; i < solo.labels().size(); i++) {
        List<Object> row = new ArrayList<>(List.of(solo.labels().get(i)));
        row.addAll(solo.rows().get(i));
        file.row(row);
      }
    }
  }

  /** In full precision; empty where undefined. */
  private static String cell(Metric metric) {
    return metric.value().isPresent() ? Double.toString(metric.value().getAsDouble()) : "";
  }

  @Override
  public void close() throws IOException {
    predictions.close();
    probabilities.close();
    samples.close();
  }
}
