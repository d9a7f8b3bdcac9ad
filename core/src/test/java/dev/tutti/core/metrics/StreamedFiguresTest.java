package dev.tutti.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import dev.tutti.core.threshold.Thresholds;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is accumulated sample by sample is what matrices of the same samples give. */
class StreamedFiguresTest {
  private static final FamilySet FAMILIES = FamilySet.all();

  private EvaluationReport report;
  private LabelMatrix truth;
  private ScoreMatrix scores;

  private void draw(int rows, long seed) {
    Random random = new Random(seed);
    int labels = FAMILIES.size();
    byte[] present = new byte[rows * labels];
    double[] values = new double[rows * labels];
    EvaluationAccumulator accumulator =
        new EvaluationAccumulator(Thresholds.uniform(FAMILIES, 0.5));
    for (int row = 0; row < rows; row++) {
      int bits = 0;
      double[] rowScores = new double[labels];
      for (int label = 0; label < labels; label++) {
        int on = random.nextInt(3) == 0 ? 1 : 0;
        bits |= on << label;
        rowScores[label] = random.nextInt(30) / 29.0;
        present[row * labels + label] = (byte) on;
        values[row * labels + label] = rowScores[label];
      }
      accumulator.add(new LabelVector(FAMILIES, bits), rowScores);
    }
    report = accumulator.report();
    truth = LabelMatrix.of(rows, labels, present);
    scores = ScoreMatrix.of(rows, labels, values);
  }

  @Property(tries = 100)
  void theOrderWithinSamples(@ForAll @IntRange(max = 50) int rows, @ForAll long seed) {
    draw(rows, seed);
    LabelRanking expected = new LabelRanking(truth, scores);
    same(expected.averagePrecision(), report.ranking().averagePrecision());
    same(expected.coverageError(), report.ranking().coverageError());
    same(expected.rankingLoss(), report.ranking().rankingLoss());
  }

  @Property(tries = 100)
  void theProbabilitiesOfEachFamily(@ForAll @IntRange(max = 50) int rows, @ForAll long seed) {
    draw(rows, seed);
    List<Metric> areas = new RankingScores(truth, scores).perLabel(ScoreMeasure.ROC_AUC);
    List<Metric> brier = ProbabilityLoss.BRIER.perLabel(truth, scores);
    List<Metric> logLoss = ProbabilityLoss.LOG_LOSS.perLabel(truth, scores);
    for (int label = 0; label < FAMILIES.size(); label++) {
      ProbabilityReport actual = report.families().get(label).probabilities();
      same(areas.get(label), actual.rocAuc());
      same(brier.get(label), actual.brier());
      same(logLoss.get(label), actual.logLoss());
      same(
          Reliability.ofLabel(truth, scores, label, 10).expectedCalibrationError(),
          actual.expectedCalibrationError());
    }
  }

  /** To the last bit: the streamed sums and those over matrices have the same order. */
  @Property(tries = 100)
  void rankedFiguresAreExactlyThoseOfMatrices(
      @ForAll @IntRange(max = 50) int rows, @ForAll long seed) {
    draw(rows, seed);
    RankingScores ranking = new RankingScores(truth, scores);
    List<Metric> withinSize = ranking.withinSizeAuc();
    for (int label = 0; label < FAMILIES.size(); label++) {
      FamilyReport family = report.families().get(label);
      exactly(
          ranking.perLabel(ScoreMeasure.AVERAGE_PRECISION).get(label), family.averagePrecision());
      exactly(ranking.perLabel(ScoreMeasure.ROC_AUC).get(label), family.probabilities().rocAuc());
      exactly(withinSize.get(label), family.withinKAuc());
      exactly(
          Reliability.ofLabel(truth, scores, label, 10).expectedCalibrationError(),
          family.probabilities().expectedCalibrationError());
    }
    for (Headline headline : List.of(Headline.WITHIN_K_AUC, Headline.BIT_ACCURACY)) {
      exactly(headline.of(truth, scores, scores.decide(0.5)), headline.of(report));
    }
  }

  private static void exactly(Metric expected, Metric actual) {
    assertEquals(expected.value(), actual.value());
  }

  @Property(tries = 20)
  void theDecisionsOfEachGroup(@ForAll @IntRange(max = 50) int rows, @ForAll long seed) {
    draw(rows, seed);
    List<GroupReport> expected = new DecisionScores(truth, scores.decide(0.5)).groups();
    IntStream.range(0, expected.size())
        .forEach(
            i ->
                assertEquals(
                    expected.get(i).familyConfusions(), report.groups().get(i).familyConfusions()));
    assertEquals(expected.size(), report.groups().size());
  }

  private static void same(Metric expected, Metric actual) {
    assertEquals(expected.value().isPresent(), actual.value().isPresent());
    assertEquals(expected.value().orElse(0), actual.value().orElse(0), 1e-12);
  }
}
