package dev.tutti.core.threshold;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The decisions that a set of thresholds makes, their worth, and what every other threshold of one
 * label would be worth while the others stay: one pass over the label's cases in order of score,
 * which was established once.
 *
 * <p>Samples in which nothing is known are left out.
 */
final class JointDecisions {
  /** What another threshold of one label could do. */
  record Best(long worth, List<ThresholdInterval> intervals) {}

  private final LabelMatrix truth;
  private final ScoreMatrix scores;
  private final long[][] worth;

  /** The rows in which a label is known, the lowest score first. */
  private final int[][] order;

  private final boolean[] judged;
  private final int judgedRows;
  private final double[] thresholds;
  private final int[] both;
  private final int[] either;
  private long total;

  JointDecisions(LabelMatrix truth, ScoreMatrix scores, JointObjective objective) {
    truth.checkSameShape("scores", scores.rows(), scores.labels());
    this.truth = truth;
    this.scores = scores;
    this.worth = objective.table(truth.labels());
    this.order = new int[truth.labels()][];
    this.judged = new boolean[truth.rows()];
    for (int label = 0; label < order.length; label++) {
      order[label] = order(label);
      for (int row : order[label]) {
        judged[row] = true;
      }
    }
    this.judgedRows = (int) IntStream.range(0, judged.length).filter(row -> judged[row]).count();
    this.thresholds = new double[truth.labels()];
    this.both = new int[truth.rows()];
    this.either = new int[truth.rows()];
  }

  private int[] order(int label) {
    return IntStream.range(0, truth.rows())
        .filter(row -> truth.isKnown(row, label))
        .boxed()
        .sorted((a, b) -> Double.compare(scores.get(a, label) + 0.0, scores.get(b, label) + 0.0))
        .mapToInt(row -> row)
        .toArray();
  }

  /** Decides anew, by these thresholds. */
  void decide(double[] values) {
    System.arraycopy(values, 0, thresholds, 0, thresholds.length);
    total = 0;
    for (int row = 0; row < both.length; row++) {
      both[row] = 0;
      either[row] = 0;
      for (int label = 0; label < thresholds.length; label++) {
        if (truth.isKnown(row, label)) {
          boolean found = isFound(row, label);
          boolean present = truth.isPresent(row, label);
          both[row] += found && present ? 1 : 0;
          either[row] += found || present ? 1 : 0;
        }
      }
      total += judged[row] ? worth[both[row]][either[row]] : 0;
    }
  }

  /** What the present decisions are worth, in units. */
  long worth() {
    return total;
  }

  /** A worth as a mean over samples, 0..1; 0 without samples. */
  double mean(long units) {
    return judgedRows == 0 ? 0 : (double) units / JointObjective.UNIT / judgedRows;
  }

  double[] thresholds() {
    return thresholds.clone();
  }

  /**
   * The most that a label's threshold could be worth, and every threshold that is worth it; where
   * the label's scores are probabilities, of the thresholds within 0..1.
   */
  Best best(int label) {
    long[] steps = new long[order[label].length];
    long all = total;
    for (int i = 0; i < steps.length; i++) {
      int row = order[label][i];
      boolean found = isFound(row, label);
      steps[i] = change(row, label, found);
      // Begin with a threshold below every score, which finds the label everywhere.
      all += found ? 0 : steps[i];
    }
    boolean reachableOnly = areProbabilities(label);
    long best = Long.MIN_VALUE;
    List<ThresholdInterval> intervals = new ArrayList<>();
    double from = Double.NEGATIVE_INFINITY;
    for (int i = 0; i <= steps.length; ) {
      double to = i == steps.length ? Double.POSITIVE_INFINITY : score(label, i);
      ThresholdInterval interval = new ThresholdInterval(from, to);
      if (all >= best && (interval.isReachable() || !reachableOnly)) {
        if (all > best) {
          intervals.clear();
        }
        best = all;
        intervals.add(interval);
      }
      if (i == steps.length) {
        break;
      }
      for (from = to; i < steps.length && score(label, i) == from; i++) {
        all += isFound(order[label][i], label) ? steps[i] : -steps[i];
      }
    }
    return new Best(best, intervals);
  }

  private boolean areProbabilities(int label) {
    int cases = order[label].length;
    return cases == 0 || (score(label, 0) >= 0 && score(label, cases - 1) <= 1);
  }

  private double score(int label, int position) {
    return scores.get(order[label][position], label);
  }

  private boolean isFound(int row, int label) {
    return scores.get(row, label) > thresholds[label];
  }

  /** By how much a row's worth would change if this decision were the opposite. */
  private long change(int row, int label, boolean found) {
    int step = found ? -1 : 1;
    boolean present = truth.isPresent(row, label);
    return worth[both[row] + (present ? step : 0)][either[row] + (present ? 0 : step)]
        - worth[both[row]][either[row]];
  }

  /** Changes one label's threshold. */
  void set(int label, double threshold) {
    for (int row : order[label]) {
      boolean found = isFound(row, label);
      if (found != scores.get(row, label) > threshold) {
        total += change(row, label, found);
        int step = found ? -1 : 1;
        both[row] += truth.isPresent(row, label) ? step : 0;
        either[row] += truth.isPresent(row, label) ? 0 : step;
      }
    }
    thresholds[label] = threshold;
  }
}
