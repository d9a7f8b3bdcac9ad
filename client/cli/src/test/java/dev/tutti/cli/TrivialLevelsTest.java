package dev.tutti.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.metrics.EvaluationAccumulator;
import dev.tutti.core.metrics.Headline;
import dev.tutti.core.threshold.Thresholds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class TrivialLevelsTest {
  private static final FamilySet FAMILIES = FamilySet.all();
  private static final List<LabelVector> NONE = List.of();

  @Test
  void levelsAreThoseOfPredictorsThatAreScoredSampleBySample() {
    Random random = new Random(3);
    // The last family never plays; no sample has more than ten.
    List<LabelVector> truths =
        random.ints(300, 0, 1 << 10).mapToObj(bits -> new LabelVector(FAMILIES, bits)).toList();
    same(scored(truths, truth -> 1), levels(truths, "all present"));
    same(
        scored(truths, truth -> (double) truth.cardinality() / FAMILIES.size()),
        levels(truths, "knows k"));
  }

  @Test
  void withoutSamplesNothingIsDefined() {
    same(scored(NONE, truth -> 1), levels(NONE, "all present"));
    same(scored(NONE, truth -> 1), levels(NONE, "coin flips"));
  }

  @Test
  void coinFlipsAreNearTheirExpectation() {
    List<LabelVector> truths =
        new Random(5)
            .ints(2000, 0, 1 << 11)
            .mapToObj(bits -> new LabelVector(FAMILIES, bits))
            .toList();
    Headlines flips = levels(truths, "coin flips");
    assertEquals(0.5, flips.bitAccuracy().value().getAsDouble(), 0.02);
    assertEquals(0.5, flips.withinKAuc().value().getAsDouble(), 0.05);
    assertEquals(0.5, flips.meanAveragePrecision().value().getAsDouble(), 0.03);
  }

  private static Headlines levels(List<LabelVector> truths, String name) {
    TrivialLevels levels = new TrivialLevels(FAMILIES, 1);
    truths.forEach(levels::add);
    return levels.levels().get(name);
  }

  private static Headlines scored(List<LabelVector> truths, ToDoubleFunction<LabelVector> score) {
    EvaluationAccumulator accumulator =
        new EvaluationAccumulator(Thresholds.uniform(FAMILIES, 0.5));
    for (LabelVector truth : truths) {
      double[] row = new double[FAMILIES.size()];
      Arrays.fill(row, score.applyAsDouble(truth));
      accumulator.add(truth, row);
    }
    return Headlines.of(accumulator.report());
  }

  private static void same(Headlines expected, Headlines actual) {
    for (Headline headline : Headline.values()) {
      var one = expected.get(headline).value();
      var other = actual.get(headline).value();
      assertEquals(one.isPresent(), other.isPresent(), headline.name());
      assertEquals(one.orElse(0), other.orElse(0), 1e-12, headline.name());
    }
  }
}
