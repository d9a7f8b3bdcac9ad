package dev.tutti.core.benchmark;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.Random;

/** Truths and scores of a fair model: half present, two overlapping bells, hardly any ties. */
final class SyntheticScores {
  static final int LABELS = 11;

  private final LabelMatrix truth;
  private final ScoreMatrix scores;

  SyntheticScores(int rows) {
    Random random = new Random(1);
    byte[] present = new byte[rows * LABELS];
    double[] values = new double[present.length];
    for (int i = 0; i < values.length; i++) {
      present[i] = (byte) random.nextInt(2);
      values[i] = 1 / (1 + Math.exp(-(random.nextGaussian() + 2 * present[i] - 1)));
    }
    this.truth = LabelMatrix.of(rows, LABELS, present);
    this.scores = ScoreMatrix.of(rows, LABELS, values);
  }

  LabelMatrix truth() {
    return truth;
  }

  ScoreMatrix scores() {
    return scores;
  }
}
