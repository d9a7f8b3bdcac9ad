package dev.tutti.core.metrics;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How far the headline figures would vary if other samples of the same kind had been drawn: the
 * samples are drawn anew, with replacement, many times, and the middle part of the figures so
 * obtained is the interval (Efron's percentile method, 1979). Samples are drawn as wholes, so that
 * what belongs to one mixture stays together.
 *
 * <p>Draws are those of {@link Random#nextInt(int)}, one a row, resample by resample.
 *
 * @param resamples how many, from 1 on; 1,000 are usual
 * @param level the share of figures in the interval, between 0 and 1; 0.95 is usual
 */
public record Bootstrap(int resamples, double level, long seed) {
  /**
   * The middle part of the figures.
   *
   * @param figure of the samples as they are
   * @param low undefined where no resample defines the figure
   * @param high as {@code low}
   * @param undefinedResamples in how many resamples the figure was undefined; they are left out
   */
  public record Interval(Metric figure, Metric low, Metric high, int undefinedResamples) {}

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException where one is out of range
   */
  public Bootstrap {
    if (resamples < 1 || !(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          "%d resamples, level %s; accepted are at least 1, and a level between 0 and 1"
              .formatted(resamples, level));
    }
  }

  /**
   * Every headline with its interval.
   *
   * @throws IllegalArgumentException where the shapes differ
   */
  public Map<Headline, Interval> intervals(
      LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions) {
    Map<Headline, List<Double>> figures = new EnumMap<>(Headline.class);
    for (Headline headline : Headline.values()) {
      figures.put(headline, new ArrayList<>());
    }
    Random random = new Random(seed);
    int[] rows = new int[truth.rows()];
    for (int i = 0; i < resamples && rows.length > 0; i++) {
      Arrays.setAll(rows, row -> random.nextInt(rows.length));
      LabelMatrix drawnTruth = truth.select(rows);
      ScoreMatrix drawnScores = scores.select(rows);
      LabelMatrix drawnDecisions = decisions.select(rows);
      figures.forEach(
          (headline, list) ->
              headline.of(drawnTruth, drawnScores, drawnDecisions).value().ifPresent(list::add));
    }
    Map<Headline, Interval> intervals = new EnumMap<>(Headline.class);
    figures.forEach(
        (headline, list) ->
            intervals.put(headline, interval(headline.of(truth, scores, decisions), list)));
    return intervals;
  }

  private Interval interval(Metric figure, List<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      Metric none = Metric.undefined("no resample defines it");
      return new Interval(figure, none, none, resamples);
    }
    double tail = (1 - level) / 2;
    return new Interval(
        figure,
        Metric.of(quantile(sorted, tail)),
        Metric.of(quantile(sorted, 1 - tail)),
        resamples - sorted.length);
  }

  /** Linear between the two nearest, as numpy's default. */
  private static double quantile(double[] sorted, double share) {
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
