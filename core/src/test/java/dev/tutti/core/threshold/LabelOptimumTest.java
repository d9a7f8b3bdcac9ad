package dev.tutti.core.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.golden.SklearnCase;
import dev.tutti.core.metrics.ConfusionCounts;
import dev.tutti.core.metrics.DecisionScores;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.score.ScoreMatrix;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LabelOptimumTest {
  @TestFactory
  Stream<DynamicTest> everyOptimalIntervalOfTheReference() {
    return SklearnCase.all().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> check(sample)));
  }

  private static void check(SklearnCase sample) {
    JsonNode golden = sample.json().get("scores_metrics").path("threshold_search_per_label");
    for (int label = 0; label < golden.size(); label++) {
      RankedCuts cuts = RankedCuts.ofLabel(sample.truth(), sample.scores(), label);
      assertEquals(golden.get(label).get("n_distinct_scores").asInt(), cuts.size());
      same(golden.get(label).get("accuracy"), LabelOptimum.of(cuts, LabelObjective.accuracy()));
      same(golden.get(label).get("f1"), LabelOptimum.of(cuts, LabelObjective.f1()));
    }
  }

  private static void same(JsonNode golden, LabelOptimum optimum) {
    assertEquals(golden.get("best").asDouble(), optimum.value(), 1e-12);
    JsonNode intervals = golden.get("t_intervals_lo_closed_hi_open");
    assertEquals(intervals.size(), optimum.intervals().size());
    for (int i = 0; i < intervals.size(); i++) {
      assertEquals(end(intervals.get(i).get(0)), optimum.intervals().get(i).from());
      assertEquals(end(intervals.get(i).get(1)), optimum.intervals().get(i).to());
    }
  }

  private static double end(JsonNode json) {
    return Double.parseDouble(json.asText());
  }

  @Property(tries = 300)
  void tryingEveryCutIsTryingEveryThreshold(
      @ForAll @IntRange(min = 1, max = 25) int rows, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] present = new byte[rows];
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      present[i] = (byte) (random.nextInt(8) == 0 ? -1 : random.nextInt(2));
      values[i] = random.nextInt(10) / 9.0;
    }
    LabelMatrix truth = LabelMatrix.of(rows, 1, present);
    ScoreMatrix scores = ScoreMatrix.of(rows, 1, values);
    for (LabelObjective objective : objectives()) {
      LabelOptimum optimum = LabelOptimum.of(RankedCuts.pooled(truth, scores), objective);
      double best = Double.NEGATIVE_INFINITY;
      double[] all = DoubleStream.concat(DoubleStream.of(-1, 2), DoubleStream.of(values)).toArray();
      for (double threshold : all) {
        best = Math.max(best, value(objective, truth, scores, threshold));
      }
      assertEquals(best, optimum.value());
      for (double threshold : all) {
        assertEquals(
            value(objective, truth, scores, threshold) == best,
            optimum.intervals().stream().anyMatch(interval -> interval.contains(threshold)));
      }
      assertEquals(best, value(objective, truth, scores, optimum.threshold()));
      assertTrue(optimum.intervals().stream().anyMatch(i -> i.contains(optimum.threshold())));
    }
  }

  /** A score of 0 that must be found asks for a threshold below 0, which nobody can set. */
  @Test
  void aThresholdForProbabilitiesLiesBetweenZeroAndOne() {
    RankedCuts cuts = RankedCuts.of(new double[] {0, 0, 0.4}, new double[] {0.2});
    LabelOptimum exact = LabelOptimum.of(cuts, LabelObjective.f1());
    assertTrue(exact.threshold() < 0);
    LabelOptimum usable = LabelOptimum.usable(cuts, LabelObjective.f1());
    assertEquals(List.of(new ThresholdInterval(0.2, 0.4)), usable.intervals());
    assertEquals(0.5, usable.value());
    RankedCuts logits = RankedCuts.of(new double[] {-1, 3}, new double[] {-2});
    assertEquals(-1.5, LabelOptimum.usable(logits, LabelObjective.f1()).threshold());
  }

  @Property(tries = 200)
  void theUsableOptimumIsTheBestThatThresholdsTake(
      @ForAll @IntRange(max = 20) int rows, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] present = new byte[rows];
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      present[i] = (byte) random.nextInt(2);
      values[i] = random.nextInt(4) / 3.0;
    }
    LabelMatrix truth = LabelMatrix.of(rows, 1, present);
    ScoreMatrix scores = ScoreMatrix.of(rows, 1, values);
    RankedCuts cuts = RankedCuts.pooled(truth, scores);
    for (LabelObjective objective : objectives()) {
      LabelOptimum usable = LabelOptimum.usable(cuts, objective);
      double best = Double.NEGATIVE_INFINITY;
      for (int i = 0; i <= 3; i++) {
        best = Math.max(best, value(objective, truth, scores, i / 3.0));
      }
      assertEquals(best, usable.value());
      assertTrue(usable.threshold() >= 0 && usable.threshold() <= 1);
      assertEquals(best, value(objective, truth, scores, usable.threshold()));
      assertTrue(LabelOptimum.of(cuts, objective).value() >= usable.value());
    }
  }

  private static List<LabelObjective> objectives() {
    return List.of(
        LabelObjective.accuracy(),
        LabelObjective.f1(),
        LabelObjective.fBeta(2),
        LabelObjective.jaccard(),
        LabelObjective.youden(),
        LabelObjective.cost(1, 3));
  }

  private static double value(
      LabelObjective objective, LabelMatrix truth, ScoreMatrix scores, double threshold) {
    ConfusionCounts c = new DecisionScores(truth, scores.decide(threshold)).pooled();
    return objective.value(
        c.truePositives(), c.falsePositives(), c.falseNegatives(), c.trueNegatives());
  }

  @Test
  void theMiddleOfTheWidestIntervalIsChosen() {
    LabelOptimum optimum =
        new LabelOptimum(
            1,
            List.of(
                new ThresholdInterval(Double.NEGATIVE_INFINITY, 0.1),
                new ThresholdInterval(0.2, 0.5),
                new ThresholdInterval(0.9, Double.POSITIVE_INFINITY)));
    assertEquals(0.35, optimum.threshold());
    assertEquals(0.95, new ThresholdInterval(0.9, Double.POSITIVE_INFINITY).middle(), 1e-15);
    assertEquals(1, new ThresholdInterval(1, Double.POSITIVE_INFINITY).middle());
    assertEquals(0.3, new ThresholdInterval(0.3, Math.nextUp(0.3)).middle());
    assertEquals(
        0.5, new ThresholdInterval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY).middle());
    // Only a threshold below 0 finds a score of 0.
    assertEquals(-Double.MIN_VALUE, new ThresholdInterval(Double.NEGATIVE_INFINITY, 0).middle());
    assertEquals(3, new ThresholdInterval(2, 4).middle());
    assertEquals(-2, new ThresholdInterval(-3, -1).middle());
  }

  @Test
  void badWeightsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> LabelObjective.fBeta(0));
    assertThrows(IllegalArgumentException.class, () -> LabelObjective.cost(-1, 1));
    assertThrows(
        IllegalArgumentException.class, () -> LabelObjective.cost(Double.POSITIVE_INFINITY, 1));
  }
}
