package dev.tutti.core.metrics;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;

/** The figures that stand for a whole evaluation. */
public enum Headline {
  EXACT_MATCH_RATIO("emr") {
    @Override
    public Metric of(EvaluationReport report) {
      return report.exactMatchRatio();
    }

    @Override
    public Metric of(LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions) {
      return new DecisionScores(truth, decisions).exactMatchRatio();
    }
  },
  JACCARD_SAMPLES("jaccard_samples") {
    @Override
    public Metric of(EvaluationReport report) {
      return report.jaccardSamples();
    }

    @Override
    public Metric of(LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions) {
      return new DecisionScores(truth, decisions)
          .average(DecisionMeasure.JACCARD, Averaging.SAMPLES, ZeroDivision.ZERO);
    }
  },
  BIT_ACCURACY("bit_accuracy") {
    @Override
    public Metric of(EvaluationReport report) {
      return report.bitAccuracy();
    }

    @Override
    public Metric of(LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions) {
      return new DecisionScores(truth, decisions).bitAccuracy();
    }
  },
  /** The mean over the labels that are present in a sample at all. */
  MEAN_AVERAGE_PRECISION("map_macro") {
    @Override
    public Metric of(EvaluationReport report) {
      return report.meanAveragePrecision();
    }

    @Override
    public Metric of(LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions) {
      return new RankingScores(truth, scores)
          .average(ScoreMeasure.AVERAGE_PRECISION, Averaging.MACRO, UndefinedLabels.LEFT_OUT);
    }
  },
  /** The mean over the labels that have one; see {@link RankingScores#withinSizeAuc}. */
  WITHIN_K_AUC("within_k_auc") {
    @Override
    public Metric of(EvaluationReport report) {
      return report.withinKAuc();
    }

    @Override
    public Metric of(LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions) {
      return Metric.mean(
          new RankingScores(truth, scores).withinSizeAuc(), "it is undefined for every label");
    }
  };

  private final String key;

  Headline(String key) {
    this.key = key;
  }

  /** Its name in JSON: in evaluations, in model cards and wherever else programs read it. */
  public String key() {
    return key;
  }

  /** The figure of an evaluation. */
  public abstract Metric of(EvaluationReport report);

  /** The figure, of matrices of one shape. */
  public abstract Metric of(LabelMatrix truth, ScoreMatrix scores, LabelMatrix decisions);
}
