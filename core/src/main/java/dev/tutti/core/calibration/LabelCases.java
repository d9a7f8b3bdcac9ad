package dev.tutti.core.calibration;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.score.ScoreMatrix;

/**
 * One label's known cases on which a calibration is fitted, those of equal probability together.
 *
 * @param cuts the distinct probabilities
 */
public record LabelCases(RankedCuts cuts) {
  /**
   * Checks that there is something to learn.
   *
   * @throws IllegalArgumentException unless there are present and absent cases, all with
   *     probabilities in 0..1
   */
  public LabelCases {
    if (cuts.positives() == 0 || cuts.negatives() == 0) {
      throw new IllegalArgumentException(
          "a calibration needs present and absent cases; there are %d and %d"
              .formatted(cuts.positives(), cuts.negatives()));
    }
    if (!cuts.areProbabilities()) {
      throw new IllegalArgumentException(
          "scores reach from %s to %s; probabilities lie in 0 to 1"
              .formatted(cuts.score(cuts.size() - 1), cuts.score(0)));
    }
  }

  /** The known cases of one label. */
  public static LabelCases of(LabelMatrix truth, ScoreMatrix scores, int label) {
    return new LabelCases(RankedCuts.ofLabel(truth, scores, label));
  }

  int size() {
    return cuts.size();
  }

  /** The distinct probability number {@code index}, the lowest first. */
  double probability(int index) {
    return cuts.score(size() - 1 - index);
  }

  /** How many present cases have it. */
  int present(int index) {
    int at = size() - 1 - index;
    return cuts.truePositives(at) - (at == 0 ? 0 : cuts.truePositives(at - 1));
  }

  /** How many absent cases have it. */
  int absent(int index) {
    int at = size() - 1 - index;
    return cuts.falsePositives(at) - (at == 0 ? 0 : cuts.falsePositives(at - 1));
  }
}
