package dev.tutti.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tutti.core.npy.NpyArray;
import dev.tutti.core.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calibrations, curves, searches and unknown truths, as typed. */
class ScoreFileVerbsTest {
  @TempDir Path folder;

  private static Path golden(String name) throws Exception {
    return Path.of(ScoreFileVerbsTest.class.getResource("/golden/sklearn/" + name).toURI());
  }

  private static List<String> files() throws Exception {
    return List.of(
        "--truth",
        golden("n40_11labels.y_true.npy").toString(),
        "--scores",
        golden("n40_11labels.scores.npy").toString());
  }

  private static VerbRun run(String verb, List<String> files, String... options) {
    List<String> arguments = new ArrayList<>(List.of(verb));
    arguments.addAll(files);
    arguments.addAll(List.of(options));
    return VerbRun.of(arguments.toArray(String[]::new));
  }

  /** Two files of one shape. */
  private List<String> write(int labels, double[] truths, double[] scores) throws IOException {
    Path truth = folder.resolve("t.npy");
    Path score = folder.resolve("s.npy");
    NpyWriter.write(truth, truths, truths.length / labels, labels);
    NpyWriter.write(score, scores, scores.length / labels, labels);
    return List.of("--truth", truth.toString(), "--scores", score.toString());
  }

  @Test
  void unknownTruthsAreLeftOut() throws Exception {
    double nan = Double.NaN;
    JsonNode masked =
        run(
                "metrics",
                write(
                    2,
                    new double[] {1, nan, 0, nan, 1, nan, nan, nan},
                    new double[] {.9, .1, .6, .2, .3, .3, .4, .4}),
                "--json")
            .json();
    JsonNode alone =
        run("metrics", write(1, new double[] {1, 0, 1}, new double[] {.9, .6, .3}), "--json")
            .json();
    for (String name :
        List.of("emr", "bit_accuracy", "jaccard_samples", "f1_macro", "map_macro", "lrap")) {
      assertEquals(alone.get(name), masked.get(name), name);
    }
    assertTrue(masked.at("/ap_per_label/1").isNull(), masked.get("ap_per_label").toString());
    assertEquals("[[0,1],[1,1]]", masked.at("/confusion/0").toString());
    assertEquals(1, run("metrics", write(1, new double[] {2}, new double[] {1})).exitCode());
  }

  @Test
  void whatIsWrittenAsAThresholdCanBeUsed() throws Exception {
    List<String> files = write(1, new double[] {1, 1, 1, 0}, new double[] {0, 0, 0.4, 0.2});
    JsonNode found = run("thresholds", files, "--objective", "f1", "--json").json();
    assertEquals(0.3, found.at("/thresholds/0").asDouble(), 1e-12);
    assertEquals(6 / 7.0, found.at("/best/0").asDouble(), 1e-12);
    assertEquals(0.5, found.at("/reached/0").asDouble(), 1e-12);
    assertEquals("-Infinity", found.at("/t_intervals_lo_closed_hi_open/0/0/0").asText());
    JsonNode joint = run("thresholds", files, "--objective", "emr", "--json").json();
    assertTrue(joint.at("/thresholds/0").asDouble() >= 0);
    // Scores of another kind may need any threshold.
    List<String> logits = write(1, new double[] {1, 0, 1}, new double[] {-1, -3, 2});
    assertEquals(
        -2.0,
        run("thresholds", logits, "--objective", "f1", "--json")
            .json()
            .at("/thresholds/0")
            .asDouble());
  }

  @ParameterizedTest
  @CsvSource({"ascent,emr", "random,jaccard", "steps,jaccard", "random,emr", "steps,emr"})
  void noSearchEndsBelowItsStart(String method, String objective) throws Exception {
    String[] options = {"--objective", objective, "--method", method, "--seed", "3", "--json"};
    VerbRun run = run("thresholds", files(), options);
    assertTrue(run.json().get("best").asDouble() >= run.json().get("start_value").asDouble());
    assertEquals(run, run("thresholds", files(), options));
    assertEquals(method, run.json().get("method").asText());
  }

  @Test
  void everyObjectiveOfALabelIsThere() throws Exception {
    for (String objective : List.of("f1", "fbeta", "accuracy", "youden", "cost")) {
      JsonNode found = run("thresholds", files(), "--objective", objective, "--json").json();
      assertEquals(11, found.get("thresholds").size());
    }
    VerbRun few = run("thresholds", files(), "--objective", "cost", "--costs", "1");
    assertEquals(2, few.exitCode());
    assertTrue(few.err().contains("two numbers"), few.err());
    assertEquals(
        2, run("thresholds", files(), "--objective", "emr", "--restarts", "-1").exitCode());
    assertEquals(1, run("thresholds", files(), "--objective", "fbeta", "--beta", "0").exitCode());
  }

  @ParameterizedTest
  @CsvSource({"--method,random", "--start,0.5", "--restarts,3", "--tries,5", "--seed,2"})
  void howToSearchIsRefusedWhereNothingIsSearched(String option, String value) throws Exception {
    VerbRun run = run("thresholds", files(), "--objective", "f1", option, value);
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("Option '" + option + "' is for jaccard and emr"), run.err());
  }

  @Test
  void curvesAreThoseOfTheReference() throws Exception {
    JsonNode golden =
        new ObjectMapper().readTree(golden("n40_11labels.json").toFile()).get("scores_metrics");
    JsonNode accuracy = run("curves", files(), "--kind", "accuracy", "--json").json();
    JsonNode pr = run("curves", files(), "--kind", "pr", "--json").json();
    for (int label = 0; label < 11; label++) {
      JsonNode best = golden.get("threshold_search_per_label").get(label).get("accuracy");
      assertEquals(
          best.get("best").asDouble(), accuracy.get("best_accuracy").get(label).asDouble(), 1e-9);
      double highest = 0;
      for (JsonNode value : accuracy.at("/curves/" + label + "/accuracy")) {
        highest = Math.max(highest, value.asDouble());
      }
      assertEquals(best.get("best").asDouble(), highest, 1e-9);
      assertEquals(
          golden.at("/average_precision_per_label/value/" + label).asDouble(),
          pr.get("average_precision").get(label).asDouble(),
          1e-9);
      JsonNode recall = pr.at("/curves/" + label + "/recall");
      assertEquals(1, recall.get(0).asDouble());
      assertEquals(0, recall.get(recall.size() - 1).asDouble());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pr", "roc", "reliability", "accuracy"})
  void curvesAreWrittenAsCsv(String kind) throws Exception {
    Path csv = folder.resolve("x.csv");
    VerbRun run = run("curves", files(), "--kind", kind, "--out", csv.toString());
    assertEquals(0, run.exitCode(), run.err());
    List<String> lines = Files.readAllLines(csv);
    int columns = lines.get(0).split(",", -1).length;
    assertTrue(lines.size() > 11, lines.toString());
    assertTrue(lines.get(0).startsWith("label,"), lines.get(0));
    assertTrue(lines.stream().allMatch(line -> line.split(",", -1).length == columns));
    assertTrue(lines.get(lines.size() - 1).startsWith("10,"));
    assertEquals(0, run("curves", emptyFiles(), "--kind", kind).exitCode());
    assertEquals(2, run("curves", files(), "--kind", kind, "--bins", "0").exitCode());
  }

  private static List<String> emptyFiles() throws Exception {
    return List.of(
        "--truth",
        golden("n0.y_true.npy").toString(),
        "--scores",
        golden("n0.scores.npy").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"platt", "isotonic"})
  void calibrationsAreMeasuredOnOtherSamples(String method) throws Exception {
    int rows = 400;
    double[] truths = new double[2 * rows];
    double[] scores = new double[2 * rows];
    for (int row = 0; row < rows; row++) {
      // Present as often as the square root of the score says; the second label never is.
      double chance = (row % 20 + 0.5) / 20;
      int block = row / 20;
      truths[2 * row] = block < 20 * chance ? 1 : 0;
      scores[2 * row] = chance * chance;
      scores[2 * row + 1] = chance;
    }
    Path out = folder.resolve("calibrated.npy");
    List<String> files = write(2, truths, scores);
    VerbRun run = run("calibrate", files, "--method", method, "--json", "--out", out.toString());
    assertEquals(0, run.exitCode(), run.err());
    JsonNode answer = run.json();
    assertEquals(200, answer.get("fitted_samples").asInt());
    assertEquals(200, answer.get("tested_samples").asInt());
    for (String figure : List.of("brier", "ece")) {
      double before = answer.at("/" + figure + "_before/0").asDouble();
      double after = answer.at("/" + figure + "_after/0").asDouble();
      assertTrue(after < before, figure + " " + before + " became " + after);
      assertTrue(answer.at("/" + figure + "_after/1").asText().startsWith("undefined: "));
    }
    NpyArray calibrated = NpyArray.read(out);
    assertEquals(List.of(rows, 2), calibrated.shape());
    assertEquals(scores[1], calibrated.values()[1]);
    JsonNode same =
        run(
                "calibrate",
                files,
                "--method",
                method,
                "--json",
                "--test-truth",
                files.get(1),
                "--test-scores",
                files.get(3))
            .json();
    assertEquals(rows, same.get("tested_samples").asInt());
    assertEquals(2, run("calibrate", files, "--test-truth", files.get(1)).exitCode());
    assertEquals(0, run("calibrate", files).exitCode());
    assertEquals(
        1,
        run(
                "calibrate",
                write(1, new double[] {1, 0}, new double[] {3, 1}),
                "--test-truth",
                files.get(1),
                "--test-scores",
                files.get(3))
            .exitCode());
  }
}
