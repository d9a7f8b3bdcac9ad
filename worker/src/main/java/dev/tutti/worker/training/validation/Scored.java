package dev.tutti.worker.training.validation;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import dev.tutti.core.score.ScoredMatrices;
import java.util.List;

/**
 * Truths and probabilities of the same samples, and whose they are.
 *
 * @param matrices [samples, families]
 */
public record Scored(FamilySet families, ScoredMatrices matrices) {
  /** The samples in order; probabilities stand in the families' order. */
  public static Scored of(
      FamilySet families, List<LabelVector> truths, List<float[]> probabilities) {
    return new Scored(families, ScoredMatrices.of(families.size(), truths, probabilities));
  }

  public LabelMatrix truth() {
    return matrices.truth();
  }

  public ScoreMatrix scores() {
    return matrices.scores();
  }
}
