package dev.tutti.core.metrics;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.score.ScoreMatrix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Average precision and area under the ROC curve of scores against truths, as in scikit-learn 1.2.
 * Unknown truths are left out. The scores of each label are sorted once, at the start; what is kept
 * are the figures.
 */
public final class RankingScores {
  private final LabelMatrix truth;
  private final ScoreMatrix scores;
  private final Map<ScoreMeasure, List<Metric>> figures = new EnumMap<>(ScoreMeasure.class);
  private final long[] positives;

  /** The labels whose truth is known in a sample at all. */
  private final int[] judged;

  /**
   * Ranks scores.
   *
   * @throws IllegalArgumentException where the shapes differ
   */
  public RankingScores(LabelMatrix truth, ScoreMatrix scores) {
    truth.checkSameShape("scores", scores.rows(), scores.labels());
    this.truth = truth;
    this.scores = scores;
    this.positives = new long[truth.labels()];
    for (ScoreMeasure measure : ScoreMeasure.values()) {
      figures.put(measure, new ArrayList<>());
    }
    this.judged = IntStream.range(0, positives.length).filter(this::isJudged).toArray();
    for (int label = 0; label < positives.length; label++) {
      RankedCuts cuts = RankedCuts.ofLabel(truth, scores, label);
      positives[label] = cuts.positives();
      figures.forEach((measure, list) -> list.add(measure.of(cuts)));
    }
  }

  /** One figure a label. */
  public List<Metric> perLabel(ScoreMeasure measure) {
    return Collections.unmodifiableList(figures.get(measure));
  }

  private boolean isJudged(int label) {
    return IntStream.range(0, truth.rows()).anyMatch(row -> truth.isKnown(row, label));
  }

  /**
   * One figure a label. A label of which no truth is known has none, whatever the rule.
   *
   * @param undefined what the average precision of a label is that is never present
   */
  public List<Metric> perLabel(ScoreMeasure measure, UndefinedLabels undefined) {
    List<Metric> each = new ArrayList<>(perLabel(measure));
    if (undefined == UndefinedLabels.AS_SCIKIT_LEARN && measure == ScoreMeasure.AVERAGE_PRECISION) {
      for (int label : judged) {
        each.set(label, each.get(label).value().isPresent() ? each.get(label) : Metric.of(0));
      }
    }
    return each;
  }

  /** One figure for all. Labels of which no truth is known are left out, whatever the rule. */
  public Metric average(ScoreMeasure measure, Averaging averaging, UndefinedLabels undefined) {
    if (judged.length == 0) {
      return Metric.undefined("there are no samples");
    }
    return switch (averaging) {
      case MICRO -> mean(List.of(measure.of(RankedCuts.pooled(truth, scores))), measure, undefined);
      case MACRO -> mean(ofJudged(measure), measure, undefined);
      case WEIGHTED ->
          weightedMean(
              ofJudged(measure),
              IntStream.of(judged).mapToLong(label -> positives[label]).toArray(),
              measure,
              undefined);
      case SAMPLES ->
          mean(
              IntStream.range(0, truth.rows())
                  .filter(truth::isAnyKnown)
                  .mapToObj(row -> measure.of(RankedCuts.ofRow(truth, scores, row)))
                  .toList(),
              measure,
              undefined);
    };
  }

  private List<Metric> ofJudged(ScoreMeasure measure) {
    return IntStream.of(judged).mapToObj(label -> figures.get(measure).get(label)).toList();
  }

  private static Metric mean(List<Metric> figures, ScoreMeasure measure, UndefinedLabels rule) {
    long[] same = figures.stream().mapToLong(figure -> 1).toArray();
    return weightedMean(figures, same, measure, rule);
  }

  private static Metric weightedMean(
      List<Metric> figures, long[] weights, ScoreMeasure measure, UndefinedLabels rule) {
    if (rule == UndefinedLabels.AS_SCIKIT_LEARN) {
      if (measure == ScoreMeasure.AVERAGE_PRECISION) {
        List<Metric> zeros =
            figures.stream().map(f -> f.value().isPresent() ? f : Metric.of(0)).toList();
        // Where all weights are 0 scikit-learn says 0 too.
        return LongStream.of(weights).sum() == 0
            ? Metric.of(0)
            : Metric.weightedMean(zeros, weights, "it is undefined for every part");
      }
      for (int i = 0; i < weights.length; i++) {
        if (figures.get(i).value().isEmpty()) {
          return Metric.undefined(
              "it is undefined for number %d: %s".formatted(i, figures.get(i).undefinedReason()));
        }
      }
    }
    return Metric.weightedMean(figures, weights, "it is undefined for every part");
  }

  /**
   * Within-k AUC of each label: the area under the ROC curve among the samples with the same number
   * of labels present, the mean over the numbers that have samples both with and without it. A
   * model cannot win it by guessing how many labels there are. Samples with an unknown label are
   * left out.
   */
  public List<Metric> withinSizeAuc() {
    List<List<Metric>> areas = each(truth.labels(), label -> new ArrayList<>());
    int[] sizes = IntStream.range(0, truth.rows()).map(truth::cardinality).toArray();
    for (int size = 0; size <= truth.labels(); size++) {
      int wanted = size;
      int[] rows = IntStream.range(0, sizes.length).filter(r -> sizes[r] == wanted).toArray();
      List<Metric> group =
          new RankingScores(truth.select(rows), scores.select(rows)).perLabel(ScoreMeasure.ROC_AUC);
      IntStream.range(0, truth.labels()).forEach(label -> areas.get(label).add(group.get(label)));
    }
    return areas.stream()
        .map(each -> Metric.mean(each, "no size has samples both with and without the label"))
        .toList();
  }

  private static <T> List<T> each(int count, IntFunction<T> make) {
    return IntStream.range(0, count).mapToObj(make).toList();
  }
}
