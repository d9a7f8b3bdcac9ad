package dev.tutti.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.golden.Figures;
import dev.tutti.core.golden.SklearnCase;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every measure of decisions as scikit-learn computes it. */
class DecisionScoresGoldenTest {
  @TestFactory
  Stream<DynamicTest> everyCaseAtEveryThreshold() {
    return SklearnCase.all().stream()
        .flatMap(
            sample ->
                Stream.of("at_0.5", "at_thresholds")
                    .map(
                        at -> DynamicTest.dynamicTest(sample + " " + at, () -> check(sample, at))));
  }

  private static void check(SklearnCase sample, String at) {
    JsonNode golden = sample.json().get(at);
    DecisionScores scores =
        new DecisionScores(sample.truth(), sample.scores().decide(sample.thresholds(at)));
    Figures.same("exact", golden.get("emr_accuracy_score"), scores.exactMatchRatio());
    Figures.same("hamming", golden.get("hamming_loss"), scores.hammingLoss());
    checkAverages(golden.get("zero_division_0"), scores, ZeroDivision.ZERO);
    checkAverages(golden.get("zero_division_1"), scores, ZeroDivision.ONE);
    if (sample.truth().rows() > 0) {
      Figures.same("bits", golden.get("bit_accuracy"), scores.bitAccuracy());
      Figures.same("accuracy", golden.get("per_label_accuracy"), scores.accuracies());
      checkConfusions(golden, scores.confusions());
      checkGroups(golden.get("by_true_cardinality"), scores.groups());
    }
  }

  private static void checkAverages(JsonNode golden, DecisionScores scores, ZeroDivision rule) {
    for (DecisionMeasure measure : DecisionMeasure.values()) {
      String name = measure.name().toLowerCase(Locale.ROOT);
      for (Averaging averaging : Averaging.values()) {
        String key = name + "_" + averaging.name().toLowerCase(Locale.ROOT);
        Figures.same(key + rule, golden.get(key), scores.average(measure, averaging, rule));
      }
      Figures.same(name + rule, golden.get(name + "_per_label"), scores.perLabel(measure, rule));
    }
  }

  private static void checkConfusions(JsonNode golden, List<ConfusionCounts> confusions) {
    JsonNode expected = golden.get("multilabel_confusion_[[tn,fp],[fn,tp]]").get("value");
    assertEquals(expected.size(), confusions.size());
    for (int label = 0; label < confusions.size(); label++) {
      JsonNode e = expected.get(label);
      ConfusionCounts c = confusions.get(label);
      assertEquals(e.get(0).get(0).asLong(), c.trueNegatives());
      assertEquals(e.get(0).get(1).asLong(), c.falsePositives());
      assertEquals(e.get(1).get(0).asLong(), c.falseNegatives());
      assertEquals(e.get(1).get(1).asLong(), c.truePositives());
      assertEquals(golden.get("notebook_tpr_quirk").get(label).asDouble(), c.notebookTpr(), 1e-12);
    }
  }

  private static void checkGroups(JsonNode golden, List<GroupReport> groups) {
    assertEquals(golden.size(), groups.size());
    for (GroupReport group : groups) {
      JsonNode expected = golden.get(String.valueOf(group.size()));
      assertTrue(expected != null, group.name());
      assertEquals(expected.get("n").asLong(), group.samples());
      Figures.same(group.name(), expected.get("emr"), group.exactMatchRatio());
      Figures.same(group.name(), expected.get("bit_accuracy"), group.bitAccuracy());
      Figures.same(group.name(), expected.get("per_label_accuracy"), group.familyAccuracies());
    }
  }
}
