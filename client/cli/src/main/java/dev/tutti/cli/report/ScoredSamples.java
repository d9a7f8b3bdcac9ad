package dev.tutti.cli.report;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import dev.tutti.core.score.ScoredMatrices;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The truths and probabilities of an evaluation: 4 bytes a sample and family, and 4 a sample. */
final class ScoredSamples {
  private final FamilySet families;
  private int[] truths = new int[64];
  private float[] probabilities;
  private int size;

  ScoredSamples(FamilySet families) {
    this.families = families;
    this.probabilities = new float[truths.length * families.size()];
  }

  void add(LabelVector truth, float[] row) {
    if (size == truths.length) {
      truths = Arrays.copyOf(truths, Math.multiplyExact(size, 2));
      probabilities =
          Arrays.copyOf(probabilities, Math.multiplyExact(truths.length, families.size()));
    }
    truths[size] = truth.bits();
    System.arraycopy(row, 0, probabilities, size * families.size(), row.length);
    size++;
  }

  /** The families that play in any sample. */
  FamilySet played() {
    int bits = Arrays.stream(truths, 0, size).reduce(0, (a, b) -> a | b);
    return FamilySet.of(new LabelVector(families, bits).present());
  }

  /**
   * The samples in which nothing but these families plays, and their probabilities of these
   * families.
   */
  ScoredMatrices matrices(FamilySet chosen) {
    int[] positions = chosen.asList().stream().mapToInt(families::positionOf).toArray();
    int others = ~LabelVector.of(families, chosen.asList()).bits();
    int[] rows = IntStream.range(0, size).filter(row -> (truths[row] & others) == 0).toArray();
    byte[] present = new byte[Math.multiplyExact(rows.length, positions.length)];
    double[] scores = new double[present.length];
    for (int i = 0; i < present.length; i++) {
      int row = rows[i / positions.length];
      int position = positions[i % positions.length];
      present[i] = (byte) (truths[row] >>> position & 1);
      scores[i] = probabilities[row * families.size() + position];
    }
    return new ScoredMatrices(
        LabelMatrix.of(rows.length, positions.length, present),
        ScoreMatrix.of(rows.length, positions.length, scores));
  }
}
