package dev.tutti.cli.input;

import dev.tutti.core.file.InputPath;
import dev.tutti.core.npy.NpyArray;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import dev.tutti.core.score.ScoredMatrices;
import java.io.IOException;
import java.nio.file.Path;

/** Truths and scores in two NumPy files of one shape, [samples, labels]. */
public final class ScoredFiles {
  private ScoredFiles() {}

  /**
   * Reads both.
   *
   * @throws IOException where one cannot be read or they do not fit; the message names the file
   */
  public static ScoredMatrices read(Path truthFile, Path scoresFile) throws IOException {
    NpyArray truths = matrix(truthFile);
    NpyArray scores = matrix(scoresFile);
    try {
      LabelMatrix truth = LabelMatrix.of(rows(truths), labels(truths), labels(truths.values()));
      ScoreMatrix matrix = ScoreMatrix.of(rows(scores), labels(scores), scores.values());
      truth.checkSameShape(scoresFile + ": scores", matrix.rows(), matrix.labels());
      return new ScoredMatrices(truth, matrix);
    } catch (IllegalArgumentException e) {
      throw new IOException(truthFile + ", " + scoresFile + ": " + e.getMessage(), e);
    }
  }

  private static NpyArray matrix(Path file) throws IOException {
    InputPath.checkFile(file);
    NpyArray array = NpyArray.read(file);
    if (array.shape().size() != 2 || array.shape().get(1) < 1) {
      throw new IOException(
          "%s: shape %s; it must be [samples, labels]".formatted(file, array.shape()));
    }
    return array;
  }

  private static byte[] labels(double[] values) {
    byte[] labels = new byte[values.length];
    for (int i = 0; i < labels.length; i++) {
      double value = Double.isNaN(values[i]) ? LabelMatrix.UNKNOWN : values[i];
      if (value != 0 && value != 1 && value != LabelMatrix.UNKNOWN) {
        throw new IllegalArgumentException(
            "truth number %d is %s; it must be 1, 0, or -1 or NaN for unknown"
                .formatted(i, values[i]));
      }
      labels[i] = (byte) value;
    }
    return labels;
  }

  private static int rows(NpyArray array) {
    return array.shape().get(0);
  }

  private static int labels(NpyArray array) {
    return array.shape().get(1);
  }
}
