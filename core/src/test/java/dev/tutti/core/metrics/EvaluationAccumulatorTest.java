package dev.tutti.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.threshold.Thresholds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EvaluationAccumulatorTest {
  private static final FamilySet THREE =
      FamilySet.of(InstrumentFamily.BASS, InstrumentFamily.REED, InstrumentFamily.VOCAL);

  private record Sample(LabelVector truth, List<Float> scores) {
    void addTo(EvaluationAccumulator accumulator) {
      float[] probabilities = new float[scores.size()];
      for (int p = 0; p < probabilities.length; p++) {
        probabilities[p] = scores.get(p);
      }
      accumulator.add(truth, probabilities);
    }
  }

  /** Scores of few values, so that ties abound. */
  private static List<Sample> samples(int count, Random random) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Float> scores = new ArrayList<>();
      for (int p = 0; p < THREE.size(); p++) {
        scores.add(random.nextInt(8) / 7f);
      }
      samples.add(new Sample(new LabelVector(THREE, random.nextInt(8)), scores));
    }
    return samples;
  }

  private static EvaluationAccumulator accumulate(List<Sample> samples) {
    EvaluationAccumulator accumulator = new EvaluationAccumulator(Thresholds.uniform(THREE, 0.5));
    samples.forEach(sample -> sample.addTo(accumulator));
    return accumulator;
  }

  @Property(tries = 200)
  void mergedHalvesAreTheWholeInAnyOrder(
      @ForAll @IntRange(max = 60) int first,
      @ForAll @IntRange(max = 60) int second,
      @ForAll long seed) {
    Random random = new Random(seed);
    List<Sample> all = samples(first + second, random);
    EvaluationAccumulator merged = accumulate(all.subList(0, first));
    merged.running();
    merged.merge(accumulate(all.subList(first, first + second)));
    Collections.shuffle(all, random);
    assertEquals(accumulate(all).report(), merged.report());
  }

  @Property(tries = 100)
  void runningFiguresAreThoseOfTheReport(@ForAll @IntRange(max = 60) int count, @ForAll long seed) {
    EvaluationAccumulator watched = new EvaluationAccumulator(Thresholds.uniform(THREE, 0.5));
    List<Sample> samples = samples(count, new Random(seed));
    for (Sample sample : samples) {
      sample.addTo(watched);
      watched.running();
    }
    EvaluationReport report = accumulate(samples).report();
    EvaluationReport running = watched.running();
    assertEquals(report.exactMatchRatio(), running.exactMatchRatio());
    assertEquals(report.jaccardSamples(), running.jaccardSamples());
    assertEquals(report.bitAccuracy(), running.bitAccuracy());
    assertEquals(report.meanAveragePrecision(), running.meanAveragePrecision());
    assertEquals(report.withinKAuc(), running.withinKAuc());
    assertEquals(report, watched.report());
  }

  @Test
  void rankedFiguresOfManySamplesAreThoseOfAnEarlierReportButNeverOfOneFarBack() {
    EvaluationAccumulator watched = new EvaluationAccumulator(Thresholds.uniform(THREE, 0.5));
    List<Sample> samples = samples(42_000, new Random(1));
    samples.subList(0, 40_000).forEach(sample -> sample.addTo(watched));
    EvaluationReport before = watched.running();
    assertEquals(watched.report().meanAveragePrecision(), before.meanAveragePrecision());
    samples.subList(40_000, 41_999).forEach(sample -> sample.addTo(watched));
    EvaluationReport later = watched.running();
    EvaluationReport exact = watched.report();
    assertEquals(before.meanAveragePrecision(), later.meanAveragePrecision());
    assertEquals(before.withinKAuc(), later.withinKAuc());
    assertNotEquals(exact.meanAveragePrecision(), later.meanAveragePrecision());
    assertEquals(exact.exactMatchRatio(), later.exactMatchRatio());
    assertEquals(exact.samples(), later.samples());
    samples.get(41_999).addTo(watched);
    assertEquals(watched.report().meanAveragePrecision(), watched.running().meanAveragePrecision());
  }

  @Test
  void aMergeMakesRankedFiguresAnew() {
    EvaluationAccumulator watched = new EvaluationAccumulator(Thresholds.uniform(THREE, 0.5));
    List<Sample> samples = samples(34_000, new Random(2));
    samples.subList(0, 33_900).forEach(sample -> sample.addTo(watched));
    watched.running();
    watched.merge(accumulate(samples.subList(33_900, 34_000)));
    assertEquals(watched.report().withinKAuc(), watched.running().withinKAuc());
  }

  @Property(tries = 200)
  void areaUnderTheCurveIsTheShareOfPairsWon(
      @ForAll @IntRange(min = 1, max = 30) int count, @ForAll long seed) {
    Random random = new Random(seed);
    RankedScores ranked = new RankedScores();
    List<Double> present = new ArrayList<>();
    List<Double> absent = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double score = random.nextInt(6) / 5.0;
      boolean positive = random.nextBoolean();
      ranked.add(score, positive);
      (positive ? present : absent).add(score);
    }
    double won = 0;
    for (double p : present) {
      for (double a : absent) {
        won += p > a ? 1 : p == a ? 0.5 : 0;
      }
    }
    if (ranked.hasBoth()) {
      assertEquals(won / present.size() / absent.size(), ranked.areaUnderCurve(), 1e-12);
    }
  }

  /** Within one size the scores are perfect; across sizes they only follow the size. */
  @Test
  void withinKAucComparesOnlyMixturesOfOneSize() {
    EvaluationAccumulator accumulator = new EvaluationAccumulator(Thresholds.uniform(THREE, 0.5));
    for (int bits = 0; bits < 8; bits++) {
      int size = Integer.bitCount(bits);
      float[] scores = new float[3];
      for (int p = 0; p < 3; p++) {
        scores[p] = 0.3f * (3 - size) + 0.05f * (bits >>> p & 1);
      }
      accumulator.add(new LabelVector(THREE, bits), scores);
    }
    EvaluationReport report = accumulator.report();
    assertEquals(1, report.withinKAuc().value().orElseThrow());
    assertTrue(report.meanAveragePrecision().value().orElseThrow() < 0.6);
  }

  @Test
  void withoutSamplesEverythingIsUndefinedWithAReason() {
    EvaluationReport report = accumulate(List.of()).report();
    assertEquals(Metric.undefined("there are no samples"), report.exactMatchRatio());
    assertEquals(Metric.undefined("there are no samples"), report.jaccardSamples());
    assertEquals(Metric.undefined("there are no decisions"), report.bitAccuracy());
    assertEquals(
        Metric.undefined("the family is never present"),
        report.families().get(0).averagePrecision());
    assertEquals(List.of(), report.groups());
  }

  @Test
  void groupsHaveTheirNames() {
    List<String> names =
        accumulate(samples(200, new Random(1))).report().groups().stream()
            .map(GroupReport::name)
            .toList();
    assertEquals(List.of("none", "solo", "duo", "trio"), names);
  }

  @Test
  void badSamplesAreRefusedAndLeaveNoTrace() {
    EvaluationAccumulator accumulator = accumulate(List.of());
    LabelVector truth = new LabelVector(THREE, 1);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> accumulator.add(truth, new float[] {0, Float.NaN, 1}));
    assertEquals("the probability of reed is NaN; accepted are 0 to 1", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> accumulator.add(truth, new float[] {0, 1}));
    assertThrows(
        IllegalArgumentException.class,
        () -> accumulator.add(new LabelVector(FamilySet.all(), 1), new float[11]));
    assertEquals(0, accumulator.report().samples());
  }
}
