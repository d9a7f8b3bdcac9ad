package dev.tutti.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.score.ScoreMatrix;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  private static final byte X = LabelMatrix.UNKNOWN;

  @Test
  void unknownLabelsAreNeitherRightNorWrong() {
    LabelMatrix truth = LabelMatrix.of(3, 2, new byte[] {1, X, 0, 1, X, X});
    ScoreMatrix scores = ScoreMatrix.of(3, 2, new double[] {0.9, 0.9, 0.2, 0.4, 0.9, 0.9});
    DecisionScores decided = new DecisionScores(truth, scores.decide(0.5));
    assertEquals(new ConfusionCounts(1, 0, 0, 1), decided.confusions().get(0));
    assertEquals(new ConfusionCounts(0, 0, 1, 0), decided.confusions().get(1));
    assertEquals(Metric.of(0.5), decided.exactMatchRatio());
    assertEquals(Metric.of(1.0 / 3), decided.hammingLoss());
    assertEquals(List.of(1), decided.groups().stream().map(GroupReport::size).toList());
    RankingScores ranked = new RankingScores(truth, scores);
    assertEquals(Metric.of(1), ranked.perLabel(ScoreMeasure.AVERAGE_PRECISION).get(1));
    assertEquals(1, RankedCuts.ofLabel(truth, scores, 1).size());
  }

  @Test
  void whatIsUndefinedIsLeftOutOrSaysWhy() {
    LabelMatrix truth = LabelMatrix.of(2, 2, new byte[] {1, 0, 0, 0});
    ScoreMatrix scores = ScoreMatrix.of(2, 2, new double[] {0.9, 0.1, 0.2, 0.3});
    RankingScores ranked = new RankingScores(truth, scores);
    assertEquals(
        Metric.of(1),
        ranked.average(ScoreMeasure.AVERAGE_PRECISION, Averaging.MACRO, UndefinedLabels.LEFT_OUT));
    assertEquals(
        Metric.of(0.5),
        ranked.average(
            ScoreMeasure.AVERAGE_PRECISION, Averaging.MACRO, UndefinedLabels.AS_SCIKIT_LEARN));
    assertEquals(
        Metric.undefined("it is undefined for number 1: nothing is present"),
        ranked.average(ScoreMeasure.ROC_AUC, Averaging.MACRO, UndefinedLabels.AS_SCIKIT_LEARN));
    DecisionScores decided = new DecisionScores(truth, scores.decide(0.5));
    assertEquals(
        Metric.of(1),
        decided.average(DecisionMeasure.RECALL, Averaging.MACRO, ZeroDivision.UNDEFINED));
  }

  @Property(tries = 100)
  void theAreaUnderTheRocCurveIsTheAreaUnderTheRocCurve(
      @ForAll @IntRange(min = 1, max = 40) int cases, @ForAll long seed) {
    Random random = new Random(seed);
    RankedCuts cuts = cuts(cases, random);
    RocCurve.of(cuts)
        .ifPresent(
            curve -> {
              double area = 0;
              for (int i = 1; i < curve.thresholds().length; i++) {
                area +=
                    (curve.falsePositiveRate()[i] - curve.falsePositiveRate()[i - 1])
                        * (curve.truePositiveRate()[i] + curve.truePositiveRate()[i - 1])
                        / 2;
              }
              assertEquals(ScoreMeasure.ROC_AUC.of(cuts).value().orElseThrow(), area, 1e-12);
            });
  }

  private static RankedCuts cuts(int cases, Random random) {
    byte[] truth = new byte[cases];
    double[] scores = new double[cases];
    for (int i = 0; i < cases; i++) {
      truth[i] = (byte) random.nextInt(2);
      scores[i] = random.nextInt(8) / 7.0;
    }
    return RankedCuts.pooled(LabelMatrix.of(cases, 1, truth), ScoreMatrix.of(cases, 1, scores));
  }

  @Test
  void reliabilityComparesWhatWasSaidWithWhatWas() {
    LabelMatrix truth = LabelMatrix.of(5, 1, new byte[] {0, 1, 1, 1, X});
    ScoreMatrix scores = ScoreMatrix.of(5, 1, new double[] {0.2, 0.4, 0.5, 1, 1});
    Reliability reliability = Reliability.ofLabel(truth, scores, 0, 2);
    assertEquals(List.of(2L, 2L), reliability.bins().stream().map(b -> b.cases()).toList());
    assertEquals(0.3, reliability.bins().get(0).meanProbability().value().orElseThrow(), 1e-12);
    assertEquals(Metric.of(0.5), reliability.bins().get(0).sharePresent());
    // (|0.6 - 1| + |1.5 - 2|) / 4
    assertEquals(0.225, reliability.expectedCalibrationError().value().orElseThrow(), 1e-12);
    Reliability none =
        Reliability.ofLabel(truth.select(new int[0]), scores.select(new int[0]), 0, 1);
    assertEquals(Metric.undefined("there are no samples"), none.expectedCalibrationError());
  }

  /** Across sizes the scores follow the size alone, within a size they are perfect. */
  @Test
  void withinSizeAucIgnoresTheNumberOfPlayers() {
    LabelMatrix truth = LabelMatrix.of(3, 2, new byte[] {0, 0, 1, 0, 0, 1});
    ScoreMatrix scores = ScoreMatrix.of(3, 2, new double[] {0.9, 0.9, 0.4, 0.3, 0.3, 0.4});
    for (Metric area : new RankingScores(truth, scores).withinSizeAuc()) {
      assertEquals(Metric.of(1), area);
    }
  }

  @Test
  void badInputIsRefusedWithItsPlace() {
    assertMessage(
        "the label at row 1, column 0 is 2; accepted are 0, 1 and -1 for unknown",
        () -> LabelMatrix.of(2, 2, new byte[] {0, 0, 2, 0}));
    assertMessage(
        "the score at row 0, column 1 is NaN; every score must be finite",
        () -> ScoreMatrix.of(1, 2, new double[] {0, Double.NaN}));
    assertMessage(
        "3 values do not make a matrix of 2 rows x 2 labels",
        () -> ScoreMatrix.of(2, 2, new double[3]));
    LabelMatrix truth = LabelMatrix.of(1, 2, new byte[2]);
    assertMessage(
        "scores [1, 1] do not fit truths [1, 2]",
        () -> new RankingScores(truth, ScoreMatrix.of(1, 1, new double[1])));
    ScoreMatrix logits = ScoreMatrix.of(1, 2, new double[] {0, 1.5});
    assertMessage(
        "the score at row 0, column 1 is 1.5; a probability lies in 0 to 1",
        () -> ProbabilityLoss.BRIER.perLabel(truth, logits));
    assertMessage(
        "3 thresholds for 2 labels; accepted are one or one a label",
        () -> logits.decide(0.1, 0.2, 0.3));
  }

  private static void assertMessage(String message, Runnable action) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(e.getMessage().equals(message), e.getMessage());
  }
}
