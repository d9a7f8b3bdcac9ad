package dev.tutti.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tutti.client.BankInfo;
import dev.tutti.client.EvaluationEvent;
import dev.tutti.client.FamilyTag;
import dev.tutti.core.json.Json;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.metrics.EvaluationAccumulator;
import dev.tutti.core.metrics.Metric;
import dev.tutti.core.threshold.Thresholds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three families of which vocal never plays; the last sample is broken. */
class EvaluationRunTest {
  private static final FamilySet FAMILIES =
      FamilySet.of(InstrumentFamily.BASS, InstrumentFamily.REED, InstrumentFamily.VOCAL);
  private static final Thresholds THRESHOLDS =
      Thresholds.of(FAMILIES, new double[] {0.5, 0.123456789012, 0.5});
  private static final BankInfo BANK =
      new BankInfo("default", 0, List.of(), "abc", FAMILIES, THRESHOLDS, 9, 9, 16_000, 64_000, 1);

  @TempDir Path folder;

  private final EvaluationAccumulator accumulator = new EvaluationAccumulator(THRESHOLDS);

  private EvaluationRun run(boolean solo, int resamples) throws IOException {
    return run(solo, resamples, Optional.empty());
  }

  private EvaluationRun run(boolean solo, int resamples, Optional<HeldOutFigures> heldOut)
      throws IOException {
    EvaluationRun run =
        new EvaluationRun(
            BANK,
            new EvaluationRun.View("test", 1, resamples, solo),
            heldOut,
            Optional.of(new EvaluationFiles(folder, FAMILIES)));
    ProgressBar progress = new ProgressBar(new PrintWriter(new StringWriter()), false);
    run.accept(sample(0, List.of(), 0.1f, 0.1f, 0.3f), progress);
    run.accept(sample(1, List.of(InstrumentFamily.BASS), 0.9f, 0.1f, 0.95f), progress);
    run.accept(sample(2, List.of(InstrumentFamily.REED), 0.6f, 0.4f, 0.3f), progress);
    run.accept(
        new EvaluationEvent.Prediction(
            3, "three", List.of(), List.of(), List.of("a,b"), "it \"broke\""),
        progress);
    run.accept(
        new EvaluationEvent.Summary(
            accumulator.report(), 1, "default", "abc", THRESHOLDS, Duration.ofSeconds(2)),
        progress);
    run.finish();
    return run;
  }

  private EvaluationEvent sample(int index, List<InstrumentFamily> truth, float... row) {
    accumulator.add(LabelVector.of(FAMILIES, truth), row);
    List<FamilyTag> tags = new ArrayList<>();
    for (int p = 0; p < row.length; p++) {
      double threshold = THRESHOLDS.get(p);
      tags.add(new FamilyTag(FAMILIES.get(p), row[p], threshold, row[p] > threshold));
    }
    return new EvaluationEvent.Prediction(index, "s" + index, truth, tags, List.of(), "");
  }

  @Test
  void jsonHasEveryHeadlineAndSaysWhatIsUndefined() throws IOException {
    JsonNode json = new ObjectMapper().readTree(Json.write(run(true, 20).toJson()));
    assertEquals(1 / 3.0, json.get("emr").asDouble(), 1e-12);
    assertEquals(8 / 9.0 - 1 / 9.0, json.get("bit_accuracy").asDouble(), 1e-12);
    assertEquals(1 / 3.0, json.get("jaccard_samples").asDouble(), 1e-12);
    assertEquals(2 / 3.0, json.get("jaccard_samples_empty_as_match").asDouble(), 1e-12);
    for (String name : List.of("map_macro", "within_k_auc", "jaccard_samples", "lrap")) {
      assertTrue(json.get(name).isDouble(), name);
      if (!name.equals("lrap")) {
        for (String level : List.of("coin_flips", "all_present", "knows_k")) {
          assertTrue(json.get("trivial_levels").get(level).get(name).isDouble(), name);
        }
        assertTrue(json.get("intervals_95").get(name).get("low").isDouble(), name);
      }
    }
    assertEquals(
        "the family is never present", json.get("map_macro_left_out").get("vocal").asText());
    JsonNode vocal = json.get("families").get("vocal");
    assertFalse(vocal.has("average_precision"));
    assertEquals(
        "the family is never present", vocal.get("undefined").get("average_precision").asText());
    assertEquals(2, json.get("groups").size());
    // Vocal takes bass's note when it may be chosen.
    assertEquals(0.5, json.get("solo_accuracy").asDouble());
    assertEquals(0, json.get("solo_accuracy_11_way").asDouble());
    assertFalse(json.toString().contains("NaN"));
  }

  @Test
  void withoutSoloThereIsNoSoloAccuracy() throws IOException {
    assertFalse(run(false, 0).toJson().containsKey("solo_accuracy"));
  }

  @Test
  void filesHaveEverySampleInOrder() throws IOException {
    run(true, 0);
    assertEquals(
        List.of("True Labels,Pred Labels", "0 0 0,0 0 0", "1 0 0,1 0 1", "0 1 0,1 1 0"),
        Files.readAllLines(folder.resolve("predictions.csv")));
    assertEquals(
        "0 1 0,0.6 0.4 0.3", Files.readAllLines(folder.resolve("probabilities.csv")).get(3));
    assertEquals(
        "3,three,\"a,b\",\"it \"\"broke\"\"\"",
        Files.readAllLines(folder.resolve("samples.csv")).get(4));
    assertTrue(Files.readString(folder.resolve("thresholds.json")).contains("0.123456789012"));
    assertEquals("vocal,", Files.readAllLines(folder.resolve("average_precision.csv")).get(3));
    assertTrue(Files.readAllLines(folder.resolve("groups.csv")).get(2).startsWith("1,solo,2,"));
    assertEquals(
        List.of("actual,bass,reed", "bass,1,0", "reed,1,0"),
        Files.readAllLines(folder.resolve("solo_confusion.csv")));
  }

  @Test
  void figuresOnNotesThatAreNoTestStandBesideTheCards() throws IOException {
    Metric card = Metric.of(0.8765);
    var heldOut =
        Optional.of(new HeldOutFigures("of timgm6mb", Headlines.of(headline -> card), 0.661));
    StringWriter text = new StringWriter();
    run(false, 0, heldOut).print(new PrintWriter(text, true));
    assertTrue(text.toString().contains("These notes do not test"), text.toString());
    assertTrue(
        text.toString()
            .lines()
            .anyMatch(line -> line.matches("measure +value +held-out test +coin flips.*")),
        text.toString());
    assertTrue(
        text.toString()
            .lines()
            .anyMatch(line -> line.matches("mean average precision +[0-9.]+ +0.8765 .*")),
        text.toString());
    JsonNode json = new ObjectMapper().readTree(Json.write(run(false, 0, heldOut).toJson()));
    assertTrue(json.get("caveat").asText().contains("do not test"), json.toString());
    assertEquals(0.8765, json.at("/held_out_test/map_macro").asDouble());
    StringWriter without = new StringWriter();
    run(false, 0).print(new PrintWriter(without, true));
    assertFalse(without.toString().contains("held-out"), without.toString());
  }

  @Test
  void textShowsTrivialLevelsBesideTheFigures() throws IOException {
    StringWriter text = new StringWriter();
    run(true, 20).print(new PrintWriter(text, true));
    List<String> lines = text.toString().lines().toList();
    assertTrue(lines.contains("1 more failed and are left out"), text.toString());
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("measure .*interval.*coin flips.*knows k")),
        text.toString());
  }
}
