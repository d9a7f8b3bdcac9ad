package dev.tutti.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verbs that work on NumPy files, as typed, against scikit-learn's figures. */
class ScoreCommandsTest {
  private static VerbRun run(String verb, String sample, List<String> further) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(verb));
    arguments.addAll(List.of("--truth", path(sample + ".y_true.npy").toString()));
    arguments.addAll(List.of("--scores", path(sample + ".scores.npy").toString()));
    arguments.addAll(further);
    return VerbRun.of(arguments.toArray(String[]::new));
  }

  private static Path path(String name) throws Exception {
    return Path.of(ScoreCommandsTest.class.getResource("/golden/sklearn/" + name).toURI());
  }

  private static JsonNode golden(String sample) throws Exception {
    return new ObjectMapper().readTree(path(sample + ".json").toFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"n7_degenerate", "n40_11labels"})
  void metricsAreThoseOfScikitLearn(String sample) throws Exception {
    JsonNode golden = golden(sample);
    JsonNode actual = run("metrics", sample, List.of("--json", "--all")).json();
    same(golden.at("/at_0.5/emr_accuracy_score/value"), actual.get("emr"));
    same(golden.at("/at_0.5/bit_accuracy"), actual.get("bit_accuracy"));
    same(golden.at("/at_0.5/zero_division_1/f1_samples/value"), actual.get("f1_samples_zd1"));
    same(golden.at("/at_0.5/zero_division_0/f1_macro/value"), actual.get("f1_macro"));
    same(golden.at("/scores_metrics/lrap/value"), actual.get("lrap"));
    same(golden.at("/scores_metrics/average_precision_macro/value"), actual.get("map_macro"));
    for (int label = 0; label < golden.get("labels").size(); label++) {
      same(
          golden.at("/at_0.5/notebook_tpr_quirk/" + label),
          actual.get("notebook_tpr_quirk").get(label));
      same(
          golden.at("/scores_metrics/brier_per_label/" + label + "/value"),
          actual.get("brier_per_label").get(label));
      same(
          golden.at("/scores_metrics/average_precision_per_label/value/" + label),
          actual.get("ap_per_label").get(label));
    }
    double[] thresholds = new double[golden.get("labels").size()];
    Arrays.setAll(thresholds, i -> golden.get("thresholds").get(i).asDouble());
    String list = Arrays.toString(thresholds).replaceAll("[\\[\\] ]", "");
    JsonNode other = run("metrics", sample, List.of("--json", "--thresholds", list)).json();
    same(golden.at("/at_thresholds/hamming_loss/value"), other.get("hamming_loss"));
    assertEquals(0, run("metrics", sample, List.of()).exitCode());
  }

  private static void same(JsonNode expected, JsonNode actual) {
    assertTrue(expected.isNumber() && actual.isNumber(), expected + " " + actual);
    assertEquals(expected.asDouble(), actual.asDouble(), 1e-9);
  }

  @Test
  void intervalsHoldTheirFigure() throws Exception {
    List<String> options = List.of("--json", "--bootstrap", "50", "--seed", "3");
    JsonNode intervals = run("metrics", "n40_11labels", options).json().get("intervals");
    assertEquals(5, intervals.size());
    for (JsonNode interval : intervals) {
      assertTrue(interval.get("low").asDouble() <= interval.get("value").asDouble());
      assertTrue(interval.get("high").asDouble() >= interval.get("value").asDouble());
    }
  }

  @Test
  void withoutSamplesEveryFigureSaysWhyThereIsNone() throws Exception {
    VerbRun outcome = run("metrics", "n0", List.of("--json"));
    assertEquals(0, outcome.exitCode(), outcome.err());
    for (JsonNode figure : outcome.json()) {
      assertTrue(figure.asText().startsWith("undefined: "), figure.toString());
    }
    outcome = run("metrics", "n0", List.of("--json", "--bootstrap", "5"));
    for (JsonNode interval : outcome.json().get("intervals")) {
      for (String figure : List.of("value", "low", "high")) {
        String text = interval.get(figure).asText();
        assertTrue(text.startsWith("undefined: "), interval.toString());
      }
    }
  }

  @Test
  void thresholdsOfALabelAreThoseOfTheReference() throws Exception {
    JsonNode golden = golden("n40_11labels").at("/scores_metrics/threshold_search_per_label");
    JsonNode found =
        run("thresholds", "n40_11labels", List.of("--objective", "f1", "--json")).json();
    assertEquals(golden.size(), found.get("thresholds").size());
    for (int label = 0; label < golden.size(); label++) {
      JsonNode f1 = golden.get(label).get("f1");
      same(f1.get("best"), found.get("best").get(label));
      assertEquals(
          f1.get("t_intervals_lo_closed_hi_open"),
          found.get("t_intervals_lo_closed_hi_open").get(label));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"emr", "jaccard"})
  void thresholdsOfAllLabelsGiveWhatTheyPromise(String objective) throws Exception {
    JsonNode found =
        run("thresholds", "n40_11labels", List.of("--objective", objective, "--json")).json();
    assertTrue(found.get("best").asDouble() > found.get("start_value").asDouble());
    String list = found.get("thresholds").toString().replaceAll("[\\[\\]]", "");
    JsonNode metrics =
        run("metrics", "n40_11labels", List.of("--json", "--thresholds", list)).json();
    same(found.get("best"), metrics.get(objective.equals("emr") ? "emr" : "jaccard_samples"));
  }

  @Test
  void badInputIsNamed() throws Exception {
    VerbRun missing = VerbRun.of("metrics", "--truth", "no.npy", "--scores", "no.npy");
    assertEquals(1, missing.exitCode());
    assertTrue(missing.err().contains("no.npy: there is no such file"), missing.err());
    VerbRun different =
        VerbRun.of(
            "metrics",
            "--truth",
            path("n0.y_true.npy").toString(),
            "--scores",
            path("n7_degenerate.scores.npy").toString());
    assertTrue(different.err().contains("do not fit truths [0, 10]"), different.err());
    VerbRun few = run("metrics", "n40_11labels", List.of("--thresholds", "0.1,0.2"));
    assertTrue(few.err().contains("2 thresholds for 11 labels"), few.err());
    assertEquals(2, run("thresholds", "n0", List.of("--objective", "best")).exitCode());
    assertEquals(0, run("thresholds", "n0", List.of("--objective", "emr")).exitCode());
  }
}
