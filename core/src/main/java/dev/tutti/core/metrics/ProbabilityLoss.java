package dev.tutti.core.metrics;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.List;
import java.util.stream.IntStream;

/** How far probabilities lie from the truth; less is better. Unknown truths are left out. */
public enum ProbabilityLoss {
  /** The mean squared distance, 0..1. */
  BRIER {
    @Override
    double of(boolean present, double probability) {
      double distance = probability - (present ? 1 : 0);
      return distance * distance;
    }
  },
  /**
   * The mean of -ln of the probability given to the truth, from 0 on. Probabilities are kept {@code
   * 2^-52} away from 0 and 1, as scikit-learn 1.2 does.
   */
  LOG_LOSS {
    @Override
    double of(boolean present, double probability) {
      double kept = Math.min(1 - EPSILON, Math.max(EPSILON, probability));
      return -Math.log(present ? kept : 1 - kept);
    }
  };

  private static final double EPSILON = 0x1p-52;

  abstract double of(boolean present, double probability);

  /**
   * One figure a label.
   *
   * @throws IllegalArgumentException where the shapes differ or a score lies outside 0..1 (its
   *     place is named)
   */
  public List<Metric> perLabel(LabelMatrix truth, ScoreMatrix scores) {
    truth.checkSameShape("scores", scores.rows(), scores.labels());
    return IntStream.range(0, truth.labels()).mapToObj(l -> ofLabel(truth, scores, l)).toList();
  }

  private Metric ofLabel(LabelMatrix truth, ScoreMatrix scores, int label) {
    double sum = 0;
    int known = 0;
    for (int row = 0; row < truth.rows(); row++) {
      double probability = Reliability.probability(scores, row, label);
      if (truth.isKnown(row, label)) {
        sum += of(truth.isPresent(row, label), probability);
        known++;
      }
    }
    return known == 0 ? Metric.undefined("there are no samples") : Metric.of(sum / known);
  }
}
