package dev.tutti.core.metrics;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;

/** The figures that stand for a whole evaluation. */
public enum Headline {
  EXACT_MATCH_RATIO {
    @Override
    public Metric of(LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions) {
      return new DecisionScores(truth, decisions).exactMatchRatio();
    }
  },
  JACCARD_SAMPLES {
    @Override
    public Metric of(LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions) {
      return new DecisionScores(truth, decisions)
          .average(DecisionMeasure.JACCARD, Averaging.SAMPLES, ZeroDivision.ZERO);
    }
  },
  BIT_ACCURACY {
    @Override
    public Metric of(LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions) {
      return new DecisionScores(truth, decisions).bitAccuracy();
    }
  },
  /** The mean over the labels that are present in a sample at all. */
  MEAN_AVERAGE_PRECISION {
    @Override
    public Metric of(LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions) {
      return new RankingScores(truth, scores)
          .average(ScoreMeasure.AVERAGE_PRECISION, Averaging.MACRO, UndefinedLabels.LEFT_OUT);
    }
  },
  /** The mean over the labels that have one; see {@link RankingScores#withinSizeAuc}. */
  WITHIN_K_AUC {
    @Override
    public Metric of(LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions) {
      return Metric.mean(
          new RankingScores(truth, scores).withinSizeAuc(), "it is undefined for every label");
    }
  };

  /** The figure, of matrices of one shape. */
  public abstract Metric of(LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions);
}
