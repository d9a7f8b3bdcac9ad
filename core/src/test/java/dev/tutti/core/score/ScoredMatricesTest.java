package dev.tutti.core.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoredMatricesTest {
  private static final FamilySet FAMILIES = FamilySet.notebook();
  private static final List<LabelVector> TRUTHS =
      List.of(new LabelVector(FAMILIES, 0b1), new LabelVector(FAMILIES, 0b110));

  @Test
  void samplesAreRowsAndMayBeSelectedLikeLabels() {
    ScoredMatrices all = ScoredMatrices.of(10, TRUTHS, List.of(row(0), row(1)));
    assertEquals(2, all.rows());
    ScoredMatrices some = all.select(new int[] {1, 1, 0}).selectLabels(new int[] {2, 0});
    assertEquals(3, some.rows());
    assertEquals(2, some.truth().labels());
    assertEquals(List.of(true, false), present(some, 0));
    assertEquals(List.of(false, true), present(some, 2));
    assertEquals(1.5, some.scores().get(1, 0));
    assertEquals(0.25, some.scores().get(2, 1));
  }

  @Test
  void matricesOfDifferentShapesAreRefused() {
    LabelMatrix truth = LabelMatrix.of(1, 2, new byte[2]);
    ScoreMatrix scores = ScoreMatrix.of(2, 1, new double[2]);
    assertThrows(IllegalArgumentException.class, () -> new ScoredMatrices(truth, scores));
    assertThrows(
        IllegalArgumentException.class, () -> ScoredMatrices.of(10, TRUTHS, List.of(row(0))));
    assertThrows(
        IllegalArgumentException.class,
        () -> ScoredMatrices.of(10, TRUTHS, List.of(row(0), new float[9])));
    assertThrows(
        IndexOutOfBoundsException.class,
        () ->
            new ScoredMatrices(truth, ScoreMatrix.of(1, 2, new double[2]))
                .selectLabels(new int[] {2}));
  }

  /** Label p of a row scores p / 2 + row / 2 + a quarter for label 0. */
  private static float[] row(int number) {
    float[] row = new float[FAMILIES.size()];
    for (int p = 0; p < row.length; p++) {
      row[p] = (p + number) / 2f + (p == 0 ? 0.25f : 0);
    }
    return row;
  }

  private static List<Boolean> present(ScoredMatrices matrices, int row) {
    return List.of(matrices.truth().isPresent(row, 0), matrices.truth().isPresent(row, 1));
  }
}
