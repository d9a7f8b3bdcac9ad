package dev.tutti.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
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

/** What is unknown is left out, whichever way the figures are made. */
class UnknownTruthTest {
  private static final FamilySet THREE =
      FamilySet.of(InstrumentFamily.BASS, InstrumentFamily.REED, InstrumentFamily.VOCAL);
  private static final int LABELS = 3;

  /** Random samples with ties, unknown truths and now and then a label nobody knows. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Samples(int rows, byte[] truths, double[] values) {
    static Samples random(int rows, long seed) {
      Random random = new Random(seed);
      int hidden = random.nextInt(2 * LABELS);
      byte[] truths = new byte[rows * LABELS];
      double[] values = new double[truths.length];
      for (int i = 0; i < truths.length; i++) {
        boolean unknown = i % LABELS == hidden || random.nextInt(4) == 0;
        truths[i] = unknown ? LabelMatrix.UNKNOWN : (byte) random.nextInt(2);
        values[i] = random.nextInt(8) / 7.0;
      }
      return new Samples(rows, truths, values);
    }

    LabelMatrix truth() {
      return LabelMatrix.of(rows, LABELS, truths);
    }

    ScoreMatrix scores() {
      return ScoreMatrix.of(rows, LABELS, values);
    }

    /** One column, without the rows in which it is unknown. */
    Samples known(int label) {
      int[] kept =
          IntStream.range(0, rows)
              .map(row -> row * LABELS + label)
              .filter(i -> truths[i] != LabelMatrix.UNKNOWN)
              .toArray();
      Samples column = new Samples(kept.length, new byte[kept.length], new double[kept.length]);
      for (int i = 0; i < kept.length; i++) {
        column.truths[i] = truths[kept[i]];
        column.values[i] = values[kept[i]];
      }
      return column;
    }

    EvaluationAccumulator accumulate(int from, int to, Random garbage) {
      EvaluationAccumulator all = new EvaluationAccumulator(Thresholds.uniform(THREE, 0.5));
      for (int row = from; row < to; row++) {
        int present = 0;
        int known = 0;
        double[] probabilities = new double[LABELS];
        for (int label = 0; label < LABELS; label++) {
          byte truth = truths[row * LABELS + label];
          boolean isKnown = truth != LabelMatrix.UNKNOWN;
          known |= isKnown ? 1 << label : 0;
          // The bit of what is unknown must not matter.
          present |= (isKnown ? truth : garbage.nextInt(2)) << label;
          probabilities[label] = values[row * LABELS + label];
        }
        all.add(new LabelVector(THREE, present), new LabelVector(THREE, known), probabilities);
      }
      return all;
    }
  }

  @Property(tries = 200)
  void theAccumulatorLeavesOutWhatTheMatricesLeaveOut(
      @ForAll @IntRange(max = 40) int rows, @ForAll long seed) {
    Samples samples = Samples.random(rows, seed);
    EvaluationReport report = samples.accumulate(0, rows, new Random(seed)).report();
    LabelMatrix truth = samples.truth();
    LabelMatrix decided = samples.scores().decide(0.5);
    DecisionScores scores = new DecisionScores(truth, decided);
    RankingScores ranking = new RankingScores(truth, samples.scores());
    same(scores.exactMatchRatio(), report.exactMatchRatio());
    same(scores.bitAccuracy(), report.bitAccuracy());
    same(
        scores.average(DecisionMeasure.JACCARD, Averaging.SAMPLES, ZeroDivision.ZERO),
        report.jaccardSamples());
    same(
        Headline.MEAN_AVERAGE_PRECISION.of(truth, samples.scores(), decided),
        report.meanAveragePrecision());
    same(Headline.WITHIN_K_AUC.of(truth, samples.scores(), decided), report.withinKAuc());
    for (int label = 0; label < LABELS; label++) {
      assertEquals(scores.confusions().get(label), report.families().get(label).confusion());
      same(
          ranking.perLabel(ScoreMeasure.AVERAGE_PRECISION).get(label),
          report.families().get(label).averagePrecision());
    }
    assertEquals(
        scores.groups().stream().map(GroupReport::samples).toList(),
        report.groups().stream().map(GroupReport::samples).toList());
  }

  @Property(tries = 100)
  void mergedHalvesAreTheWhole(
      @ForAll @IntRange(max = 40) int rows,
      @ForAll @IntRange(max = 40) int cut,
      @ForAll long seed) {
    Samples samples = Samples.random(rows, seed);
    Random garbage = new Random(seed);
    int half = Math.min(cut, rows);
    EvaluationAccumulator merged = samples.accumulate(0, half, garbage);
    merged.merge(samples.accumulate(half, rows, garbage));
    assertEquals(samples.accumulate(0, rows, garbage).report(), merged.report());
  }

  /** The figure of a label is that of the samples in which it is known. */
  @Property(tries = 200)
  void theFiguresOfALabelAreThoseOfItsKnownSamples(
      @ForAll @IntRange(max = 30) int rows, @ForAll long seed) {
    Samples samples = Samples.random(rows, seed);
    RankingScores ranking = new RankingScores(samples.truth(), samples.scores());
    DecisionScores decided = new DecisionScores(samples.truth(), samples.scores().decide(0.5));
    int judged = 0;
    double sum = 0;
    for (int label = 0; label < LABELS; label++) {
      Samples column = samples.known(label);
      LabelMatrix truth = LabelMatrix.of(column.rows, 1, column.truths);
      ScoreMatrix scores = ScoreMatrix.of(column.rows, 1, column.values);
      RankingScores alone = new RankingScores(truth, scores);
      for (ScoreMeasure measure : ScoreMeasure.values()) {
        assertEquals(alone.perLabel(measure).get(0), ranking.perLabel(measure).get(label));
      }
      assertEquals(
          new DecisionScores(truth, scores.decide(0.5)).confusions().get(0),
          decided.confusions().get(label));
      if (column.rows > 0) {
        judged++;
        sum +=
            alone
                .average(
                    ScoreMeasure.AVERAGE_PRECISION,
                    Averaging.MACRO,
                    UndefinedLabels.AS_SCIKIT_LEARN)
                .value()
                .orElseThrow();
      }
    }
    Metric macro =
        ranking.average(
            ScoreMeasure.AVERAGE_PRECISION, Averaging.MACRO, UndefinedLabels.AS_SCIKIT_LEARN);
    same(judged == 0 ? Metric.undefined("no label") : Metric.of(sum / judged), macro);
  }

  /** A sample of which nothing is known changes nothing. */
  @Property(tries = 100)
  void samplesOfWhichNothingIsKnownDoNotCount(
      @ForAll @IntRange(max = 20) int rows, @ForAll long seed) {
    Samples samples = Samples.random(rows, seed);
    int[] kept = IntStream.range(0, rows).filter(row -> samples.truth().isAnyKnown(row)).toArray();
    LabelRanking all = new LabelRanking(samples.truth(), samples.scores());
    LabelRanking some =
        new LabelRanking(samples.truth().select(kept), samples.scores().select(kept));
    for (List<Metric> pair :
        List.of(
            List.of(all.averagePrecision(), some.averagePrecision()),
            List.of(all.coverageError(), some.coverageError()),
            List.of(all.rankingLoss(), some.rankingLoss()))) {
      assertEquals(pair.get(1), pair.get(0));
    }
    assertEquals(
        new RankingScores(samples.truth().select(kept), samples.scores().select(kept))
            .average(
                ScoreMeasure.AVERAGE_PRECISION, Averaging.SAMPLES, UndefinedLabels.AS_SCIKIT_LEARN),
        new RankingScores(samples.truth(), samples.scores())
            .average(
                ScoreMeasure.AVERAGE_PRECISION,
                Averaging.SAMPLES,
                UndefinedLabels.AS_SCIKIT_LEARN));
  }

  private static void same(Metric expected, Metric actual) {
    assertEquals(expected.value().isPresent(), actual.value().isPresent(), actual.toString());
    assertEquals(expected.value().orElse(0), actual.value().orElse(0), 1e-12);
  }
}
