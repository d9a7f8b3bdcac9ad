package dev.tutti.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.golden.GoldenFiles;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.threshold.Thresholds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every figure of a report as scikit-learn computes it. */
class EvaluationGoldenTest {
  private static final double TOLERANCE = 1e-9;

  @TestFactory
  Stream<DynamicTest> everyCaseAtEveryThreshold() {
    return GoldenFiles.list(GoldenFiles.json("sklearn/index.json").get("cases")).stream()
        .map(JsonNode::asText)
        .flatMap(
            name ->
                Stream.of("at_0.5", "at_thresholds")
                    .map(at -> DynamicTest.dynamicTest(name + " " + at, () -> check(name, at))));
  }

  private static void check(String name, String at) {
    JsonNode golden = GoldenFiles.json("sklearn/" + name + ".json");
    List<String> labels =
        GoldenFiles.list(golden.get("labels")).stream().map(JsonNode::asText).toList();
    // The eleven-label case lists synth_lead last; positions are in id order here.
    List<InstrumentFamily> order =
        labels.stream().map(label -> InstrumentFamily.ofLabel(label).orElseThrow()).toList();
    FamilySet families = FamilySet.of(order);
    int[] column = families.asList().stream().mapToInt(order::indexOf).toArray();
    double[] thresholds = new double[column.length];
    Arrays.setAll(
        thresholds,
        p -> at.equals("at_0.5") ? 0.5 : golden.get("thresholds").get(column[p]).asDouble());
    EvaluationAccumulator accumulator =
        new EvaluationAccumulator(Thresholds.of(families, thresholds));
    fill(accumulator, golden, families, column);
    EvaluationReport report = accumulator.report();
    assertEquals(golden.get("n").asLong(), report.samples());
    checkHeadline(golden.get(at), report);
    if (report.samples() > 0) {
      checkFamilies(golden, golden.get(at), report, column);
      checkGroups(golden.get(at).get("by_true_cardinality"), report, column);
    }
  }

  private static void fill(
      EvaluationAccumulator accumulator, JsonNode golden, FamilySet families, int[] column) {
    double[] truth = GoldenFiles.doubles(golden.get("y_true").get("file").asText());
    double[] scores = GoldenFiles.doubles(golden.get("scores").get("file").asText());
    for (int row = 0; row < golden.get("n").asInt(); row++) {
      int first = row * column.length;
      int bits = 0;
      double[] probabilities = new double[column.length];
      for (int p = 0; p < column.length; p++) {
        bits |= (int) truth[first + column[p]] << p;
        probabilities[p] = scores[first + column[p]];
      }
      accumulator.add(new LabelVector(families, bits), probabilities);
    }
  }

  private static void checkHeadline(JsonNode at, EvaluationReport report) {
    same(at.at("/emr_accuracy_score"), report.exactMatchRatio());
    same(at.at("/zero_division_0/jaccard_samples"), report.jaccardSamples());
    same(at.path("bit_accuracy"), report.bitAccuracy());
  }

  private static void checkFamilies(
      JsonNode golden, JsonNode at, EvaluationReport report, int[] column) {
    List<Metric> defined = new ArrayList<>();
    for (int p = 0; p < column.length; p++) {
      FamilyReport family = report.families().get(p);
      ConfusionCounts c = family.confusion();
      JsonNode confusion =
          at.get("multilabel_confusion_[[tn,fp],[fn,tp]]").get("value").get(column[p]);
      assertEquals(confusion.get(0).get(0).asLong(), c.trueNegatives());
      assertEquals(confusion.get(0).get(1).asLong(), c.falsePositives());
      assertEquals(confusion.get(1).get(0).asLong(), c.falseNegatives());
      assertEquals(confusion.get(1).get(1).asLong(), c.truePositives());
      same(at.get("per_label_accuracy").get(column[p]), family.accuracy());
      JsonNode zero = at.get("zero_division_0");
      sameOrZero(zero.at("/precision_per_label/value").get(column[p]), family.precision());
      sameOrZero(zero.at("/recall_per_label/value").get(column[p]), family.recall());
      sameOrZero(zero.at("/f1_per_label/value").get(column[p]), family.f1());
      sameOrZero(
          golden.at("/scores_metrics/average_precision_per_label/value").get(column[p]),
          family.averagePrecision());
      assertEquals(
          family.recall().value().isPresent(), family.averagePrecision().value().isPresent());
      if (family.averagePrecision().value().isPresent()) {
        defined.add(family.averagePrecision());
      }
    }
    if (defined.size() == column.length) {
      same(golden.at("/scores_metrics/average_precision_macro"), report.meanAveragePrecision());
    }
    assertEquals(
        Metric.mean(defined, "it is undefined for every family"), report.meanAveragePrecision());
  }

  private static void checkGroups(JsonNode golden, EvaluationReport report, int[] column) {
    assertEquals(golden.size(), report.groups().size());
    for (GroupReport group : report.groups()) {
      JsonNode expected = golden.get(String.valueOf(group.size()));
      assertEquals(expected.get("n").asLong(), group.samples());
      same(expected.get("emr"), group.exactMatchRatio());
      same(expected.get("bit_accuracy"), group.bitAccuracy());
      for (int p = 0; p < column.length; p++) {
        same(expected.get("per_label_accuracy").get(column[p]), group.familyAccuracies().get(p));
      }
    }
  }

  private static void same(JsonNode expected, Metric actual) {
    JsonNode value =
        expected.isObject() && expected.has("value") ? expected.get("value") : expected;
    if (value.isNumber()) {
      assertEquals(value.asDouble(), actual.value().orElseThrow(), TOLERANCE);
    } else {
      assertTrue(actual.value().isEmpty(), "scikit-learn refuses: " + expected);
    }
  }

  /** What is undefined, scikit-learn counts as 0. */
  private static void sameOrZero(JsonNode expected, Metric actual) {
    assertEquals(expected.asDouble(), actual.value().orElse(0), TOLERANCE);
  }
}
