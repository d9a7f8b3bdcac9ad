package dev.tutti.worker.training.validation;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.List;

/** Truths and probabilities of the same samples. */
public record Scored(FamilySet families, LabelMatrix truth, ScoreMatrix scores) {
  public static Scored of(
      FamilySet families, List<LabelVector> truths, List<float[]> probabilities) {
    int width = families.size();
    byte[] truth = new byte[truths.size() * width];
    double[] scores = new double[truth.length];
    for (int row = 0; row < truths.size(); row++) {
      for (int p = 0; p < width; p++) {
        truth[row * width + p] = (byte) (truths.get(row).isPresent(p) ? 1 : 0);
        scores[row * width + p] = probabilities.get(row)[p];
      }
    }
    return new Scored(
        families,
        LabelMatrix.of(truths.size(), width, truth),
        ScoreMatrix.of(truths.size(), width, scores));
  }
}
