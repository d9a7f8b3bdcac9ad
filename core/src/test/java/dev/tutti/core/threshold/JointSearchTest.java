package dev.tutti.core.threshold;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.metrics.Averaging;
import dev.tutti.core.metrics.DecisionMeasure;
import dev.tutti.core.metrics.DecisionScores;
import dev.tutti.core.metrics.ZeroDivision;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JointSearchTest {
  private static final int LABELS = 3;

  /** A random set in which scores tie and truths are unknown now and then. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Samples(LabelMatrix truth, ScoreMatrix scores, double[] start) {
    static Samples random(int rows, long seed) {
      Random random = new Random(seed);
      byte[] present = new byte[rows * LABELS];
      double[] values = new double[present.length];
      for (int i = 0; i < present.length; i++) {
        present[i] = (byte) (random.nextInt(9) == 0 ? -1 : random.nextInt(2));
        values[i] = Math.min(9, random.nextInt(8) + 2 * present[i] + 1) / 10.0;
      }
      double[] start = random.doubles(LABELS).toArray();
      return new Samples(
          LabelMatrix.of(rows, LABELS, present), ScoreMatrix.of(rows, LABELS, values), start);
    }

    double value(JointObjective objective, double[] thresholds) {
      DecisionScores decided = new DecisionScores(truth, scores.decide(thresholds));
      return (objective == JointObjective.EXACT_MATCH
              ? decided.exactMatchRatio()
              : decided.average(DecisionMeasure.JACCARD, Averaging.SAMPLES, ZeroDivision.ZERO))
          .value()
          .orElse(0);
    }

    double best(JointObjective objective, double[] from, int label) {
      double best = 0;
      for (int i = -1; i <= 10; i++) {
        double[] tried = from.clone();
        tried[label] = i / 10.0;
        best = Math.max(best, value(objective, tried));
      }
      return best;
    }
  }

  @Property(tries = 200)
  void sweepingOneLabelIsTryingEveryThreshold(
      @ForAll @IntRange(max = 20) int rows, @ForAll long seed, @ForAll JointObjective objective) {
    Samples samples = Samples.random(rows, seed);
    JointDecisions decisions = new JointDecisions(samples.truth, samples.scores, objective);
    decisions.decide(samples.start);
    assertEquals(samples.value(objective, samples.start), decisions.mean(decisions.worth()), 1e-12);
    for (int label = 0; label < LABELS; label++) {
      JointDecisions.Best best = decisions.best(label);
      assertEquals(
          samples.best(objective, decisions.thresholds(), label),
          decisions.mean(best.worth()),
          1e-12);
      for (ThresholdInterval interval : best.intervals()) {
        decisions.set(label, interval.middle());
        assertEquals(best.worth(), decisions.worth());
      }
    }
  }

  @Property(tries = 100)
  void noSearchIsWorseThanItsStartAndAllSayWhatTheyFound(
      @ForAll @IntRange(min = 1, max = 30) int rows,
      @ForAll long seed,
      @ForAll JointObjective objective) {
    Samples samples = Samples.random(rows, seed);
    for (JointOptimum optimum : every(samples, objective)) {
      assertEquals(samples.value(objective, samples.start), optimum.startValue(), 1e-12);
      assertTrue(optimum.value() >= optimum.startValue());
      assertEquals(samples.value(objective, optimum.thresholds()), optimum.value(), 1e-12);
    }
    double[] ascended = every(samples, objective).get(0).thresholds();
    for (int label = 0; label < LABELS; label++) {
      assertEquals(
          samples.best(objective, ascended, label), samples.value(objective, ascended), 1e-12);
    }
  }

  private static List<JointOptimum> every(Samples s, JointObjective objective) {
    SearchProgress silent = SearchProgress.SILENT;
    NotebookRandomSearch.Draws draws = new NotebookRandomSearch.Draws(20, 7);
    List<JointOptimum> found = new ArrayList<>();
    found.add(new CoordinateAscent(s.truth, s.scores, objective).search(s.start, 3, 7, silent));
    found.add(NotebookRandomSearch.search(s.truth, s.scores, objective, s.start, draws, silent));
    for (NotebookAscent.Mode mode : NotebookAscent.Mode.values()) {
      found.add(NotebookAscent.search(s.truth, s.scores, objective, s.start, mode, silent));
    }
    return found;
  }

  /** Both samples score 0 and have the label: only a threshold below 0 would find them. */
  @Test
  void theAscentStaysWithinZeroToOne() {
    LabelMatrix truth = LabelMatrix.of(2, 1, new byte[] {1, 1});
    ScoreMatrix scores = ScoreMatrix.of(2, 1, new double[] {0, 0});
    JointOptimum optimum =
        new CoordinateAscent(truth, scores, JointObjective.EXACT_MATCH)
            .search(new double[] {0.5}, 3, 1, SearchProgress.SILENT);
    assertTrue(optimum.thresholds()[0] >= 0, optimum.thresholds()[0] + " is no threshold");
    assertEquals(0, optimum.value());
  }

  @Test
  void theSameSeedFindsTheSame() {
    Samples samples = Samples.random(30, 5);
    List<JointOptimum> first = every(samples, JointObjective.SAMPLES_JACCARD);
    List<JointOptimum> second = every(samples, JointObjective.SAMPLES_JACCARD);
    for (int i = 0; i < first.size(); i++) {
      assertArrayEquals(first.get(i).thresholds(), second.get(i).thresholds());
    }
  }

  /** One absent sample just above the threshold: only a step up is right. */
  @Test
  void theNotebookNeverStepsUp() {
    LabelMatrix truth = LabelMatrix.of(2, 1, new byte[] {0, 1});
    ScoreMatrix scores = ScoreMatrix.of(2, 1, new double[] {0.505, 0.9});
    double[] start = {0.5};
    JointOptimum notebook =
        NotebookAscent.search(
            truth,
            scores,
            JointObjective.EXACT_MATCH,
            start,
            NotebookAscent.Mode.NOTEBOOK,
            SearchProgress.SILENT);
    assertEquals(0.5, notebook.value());
    assertArrayEquals(start, notebook.thresholds());
    JointOptimum right =
        NotebookAscent.search(
            truth,
            scores,
            JointObjective.EXACT_MATCH,
            start,
            NotebookAscent.Mode.BOTH_DIRECTIONS,
            SearchProgress.SILENT);
    assertEquals(1, right.value());
    assertArrayEquals(new double[] {0.51}, right.thresholds(), 1e-12);
  }

  @Test
  void progressIsTold() {
    Samples samples = Samples.random(10, 1);
    List<String> heard = new ArrayList<>();
    JointOptimum optimum =
        new CoordinateAscent(samples.truth, samples.scores, JointObjective.EXACT_MATCH)
            .search(samples.start, 2, 1, (done, total, best) -> heard.add(done + "/" + total));
    assertEquals(List.of("1/3", "2/3", "3/3"), heard);
    assertTrue(optimum.value() > 0);
  }

  @Test
  void aWrongNumberOfThresholdsIsRefused() {
    Samples samples = Samples.random(2, 1);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new CoordinateAscent(samples.truth, samples.scores, JointObjective.EXACT_MATCH)
                    .search(new double[2], 0, 1, SearchProgress.SILENT));
    assertEquals("2 thresholds to start from for 3 labels", e.getMessage());
  }
}
