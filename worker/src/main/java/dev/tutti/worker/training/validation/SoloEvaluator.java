package dev.tutti.worker.training.validation;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.metrics.RankingScores;
import dev.tutti.core.metrics.ScoreMeasure;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import dev.tutti.worker.training.data.BandNote;
import java.util.List;
import java.util.function.Function;

/** Evaluates one family's model on single notes. */
public record SoloEvaluator(InstrumentFamily family, List<BandNote> notes, int batchSize)
    implements Evaluator {
  @Override
  public Result evaluate(Function<float[], float[]> predict) {
    double[] scores = scores(predict);
    byte[] truth = new byte[scores.length];
    int right = 0;
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (byte) (notes.get(i).family() == family ? 1 : 0);
      right += scores[i] > 0.5 == (truth[i] == 1) ? 1 : 0;
    }
    RankingScores ranking =
        new RankingScores(
            LabelMatrix.of(truth.length, 1, truth), ScoreMatrix.of(truth.length, 1, scores));
    Validation.Scores result =
        new Validation.Scores(
            ranking.perLabel(ScoreMeasure.AVERAGE_PRECISION).get(0).value().orElse(0),
            ranking.perLabel(ScoreMeasure.ROC_AUC).get(0).value().orElse(0),
            (double) right / truth.length);
    return new Result(result, result);
  }

  /** The probability of every note. */
  public double[] scores(Function<float[], float[]> predict) {
    double[] scores = new double[notes.size()];
    int width = notes.get(0).size();
    float[] batch = new float[batchSize * width];
    for (int start = 0; start < scores.length; start += batchSize) {
      int size = Math.min(batchSize, scores.length - start);
      for (int i = 0; i < size; i++) {
        notes.get(start + i).copyTo(batch, i * width);
      }
      float[] answer = predict.apply(batch);
      for (int i = 0; i < size; i++) {
        scores[start + i] = answer[i];
      }
    }
    return scores;
  }
}
