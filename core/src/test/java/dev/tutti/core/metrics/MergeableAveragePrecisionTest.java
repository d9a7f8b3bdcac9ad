package dev.tutti.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.golden.SklearnCase;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.score.ScoreMatrix;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MergeableAveragePrecisionTest {
  /** Few bins are used, so that many cases share one, with equal and with different scores. */
  private static double score(Random random) {
    return (random.nextInt(4) + random.nextInt(6) / 6.0) / 65536;
  }

  @Property(tries = 500)
  void theExactValueNeverLeavesTheBounds(
      @ForAll @IntRange(min = 1, max = 60) int cases, @ForAll long seed) {
    Random random = new Random(seed);
    byte[] present = new byte[cases];
    double[] scores = new double[cases];
    MergeableAveragePrecision histogram = new MergeableAveragePrecision();
    for (int i = 0; i < cases; i++) {
      present[i] = (byte) random.nextInt(2);
      scores[i] = score(random);
      histogram.add(scores[i], present[i] == 1);
    }
    check(
        RankedCuts.pooled(LabelMatrix.of(cases, 1, present), ScoreMatrix.of(cases, 1, scores)),
        histogram.bounds());
  }

  private static void check(RankedCuts cuts, MergeableAveragePrecision.Bounds bounds) {
    Metric exact = ScoreMeasure.AVERAGE_PRECISION.of(cuts);
    assertEquals(exact.value().isPresent(), bounds.estimate().value().isPresent());
    if (exact.value().isPresent()) {
      double value = exact.value().getAsDouble();
      double estimate = bounds.estimate().value().orElseThrow();
      double lower = bounds.lower().value().orElseThrow();
      double upper = bounds.upper().value().orElseThrow();
      assertTrue(lower <= value && value <= upper, lower + " " + value + " " + upper);
      assertTrue(lower <= estimate && estimate <= upper, lower + " " + estimate + " " + upper);
    }
  }

  @Property(tries = 100)
  void mergedHalvesAreTheWhole(@ForAll @IntRange(max = 60) int cases, @ForAll long seed) {
    Random random = new Random(seed);
    MergeableAveragePrecision whole = new MergeableAveragePrecision();
    MergeableAveragePrecision first = new MergeableAveragePrecision();
    MergeableAveragePrecision second = new MergeableAveragePrecision();
    for (int i = 0; i < cases; i++) {
      double score = score(random);
      boolean present = random.nextBoolean();
      whole.add(score, present);
      (random.nextBoolean() ? first : second).add(score, present);
    }
    first.merge(second);
    assertEquals(whole.bounds(), first.bounds());
  }

  @Test
  void theBoundsAreNarrowOnRealisticScores() {
    for (SklearnCase sample : SklearnCase.all()) {
      for (int label = 0; label < sample.truth().labels(); label++) {
        MergeableAveragePrecision histogram = new MergeableAveragePrecision();
        for (int row = 0; row < sample.truth().rows(); row++) {
          histogram.add(sample.scores().get(row, label), sample.truth().isPresent(row, label));
        }
        check(RankedCuts.ofLabel(sample.truth(), sample.scores(), label), histogram.bounds());
        if (sample.name().equals("n1100_float32")) {
          MergeableAveragePrecision.Bounds bounds = histogram.bounds();
          double width =
              bounds.upper().value().orElseThrow() - bounds.lower().value().orElseThrow();
          assertTrue(width < 0.01, "width " + width);
        }
      }
    }
  }

  @Test
  void aScoreOutOfRangeIsRefused() {
    MergeableAveragePrecision histogram = new MergeableAveragePrecision();
    assertThrows(IllegalArgumentException.class, () -> histogram.add(1.1, true));
    assertThrows(IllegalArgumentException.class, () -> histogram.add(Double.NaN, true));
    assertEquals(Metric.undefined("nothing is present"), histogram.bounds().estimate());
  }
}
