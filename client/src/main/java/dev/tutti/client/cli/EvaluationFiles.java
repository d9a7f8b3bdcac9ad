package dev.tutti.client.cli;

import dev.tutti.client.EvaluationEvent;
import dev.tutti.client.FamilyTag;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.core.metrics.GroupReport;
import dev.tutti.core.metrics.Metric;
import java.io.BufferedWriter;
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
final class EvaluationFiles implements AutoCloseable {
  private final Path folder;
  private final FamilySet families;
  private final BufferedWriter predictions;
  private final BufferedWriter probabilities;
  private final BufferedWriter samples;

  /** Makes the folder where there is none, and begins the files. */
  EvaluationFiles(Path folder, FamilySet families) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.families = families;
    this.predictions = begin("predictions.csv", "True Labels,Pred Labels");
    this.probabilities = begin("probabilities.csv", "True Labels,Predicted Probabilities");
    this.samples = begin("samples.csv", "index,id,notes,error");
  }

  private BufferedWriter begin(String name, String header) throws IOException {
    BufferedWriter writer = Files.newBufferedWriter(folder.resolve(name));
    line(writer, header);
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
        line(predictions, truth + "," + joined(prediction, tag -> tag.present() ? "1" : "0"));
        line(
            probabilities,
            truth + "," + joined(prediction, tag -> Float.toString(tag.probability())));
      }
      line(
          samples,
          String.join(
              ",",
              String.valueOf(prediction.index()),
              quoted(prediction.id()),
              quoted(String.join(" ", prediction.noteIds())),
              quoted(prediction.error())));
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
    EvaluationReport report = summary.metrics();
    List<String> lines = new ArrayList<>(List.of("family,average_precision"));
    Map<String, Double> thresholds = new LinkedHashMap<>();
    report
        .families()
        .forEach(
            family -> {
              lines.add(family.family().label() + "," + cell(family.averagePrecision()));
              thresholds.put(family.family().label(), family.threshold());
            });
    lines.add("mean," + cell(report.meanAveragePrecision()));
    Files.write(folder.resolve("average_precision.csv"), lines);
    Files.write(folder.resolve("groups.csv"), groups(report.groups()));
    Files.writeString(folder.resolve("thresholds.json"), Json.write(thresholds) + "\n");
    Files.writeString(folder.resolve("report.json"), Json.write(json) + "\n");
    if (solo.isPresent()) {
      confusion("solo_confusion.csv", solo.get().tenWay());
      confusion("solo_confusion_11_way.csv", solo.get().elevenWay());
    }
    close();
  }

  private List<String> groups(List<GroupReport> groups) {
    StringBuilder header = new StringBuilder("size,name,samples,emr,jaccard_samples,bit_accuracy");
    families.forEach(family -> header.append(",accuracy_").append(family.label()));
    families.forEach(family -> header.append(",recall_").append(family.label()));
    List<String> lines = new ArrayList<>(List.of(header.toString()));
    for (GroupReport group : groups) {
      List<String> cells =
          new ArrayList<>(
              List.of(
                  String.valueOf(group.size()),
                  group.name(),
                  String.valueOf(group.samples()),
                  cell(group.exactMatchRatio()),
                  cell(group.jaccardSamples()),
                  cell(group.bitAccuracy())));
      group.familyConfusions().forEach(counts -> cells.add(cell(counts.accuracy())));
      group.familyConfusions().forEach(counts -> cells.add(cell(counts.recall())));
      lines.add(String.join(",", cells));
    }
    return lines;
  }

  private void confusion(String name, SoloReport solo) throws IOException {
    List<String> lines = new ArrayList<>(List.of("actual," + String.join(",", solo.labels())));
    for (int i = 0; i < solo.labels().size(); i++) {
      lines.add(
          solo.labels().get(i)
              + ","
              + solo.rows().get(i).stream().map(String::valueOf).collect(Collectors.joining(",")));
    }
    Files.write(folder.resolve(name), lines);
  }

  /** In full precision; empty where undefined. */
  private static String cell(Metric metric) {
    return metric.value().isPresent() ? Double.toString(metric.value().getAsDouble()) : "";
  }

  /** In quotes where a comma, a quote or a line's end makes it necessary (RFC 4180). */
  private static String quoted(String text) {
    return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  private static void line(BufferedWriter writer, String text) throws IOException {
    writer.write(text);
    writer.write('\n');
  }

  @Override
  public void close() throws IOException {
    predictions.close();
    probabilities.close();
    samples.close();
  }
}
