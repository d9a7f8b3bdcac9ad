package dev.tutti.cli;

import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.core.metrics.Headline;
import dev.tutti.core.metrics.Metric;

/** The headline figures of an evaluation, or what a trivial predictor reaches. */
record Headlines(
    Metric meanAveragePrecision,
    Metric withinKAuc,
    Metric bitAccuracy,
    Metric jaccardSamples,
    Metric exactMatchRatio) {

  static Headlines of(EvaluationReport report) {
    return new Headlines(
        report.meanAveragePrecision(),
        report.withinKAuc(),
        report.bitAccuracy(),
        report.jaccardSamples(),
        report.exactMatchRatio());
  }

  /** The name of a headline in JSON. */
  static String key(Headline headline) {
    return switch (headline) {
      case MEAN_AVERAGE_PRECISION -> "map_macro";
      case WITHIN_K_AUC -> "within_k_auc";
      case BIT_ACCURACY -> "bit_accuracy";
      case JACCARD_SAMPLES -> "jaccard_samples";
      case EXACT_MATCH_RATIO -> "emr";
    };
  }

  Metric get(Headline headline) {
    return switch (headline) {
      case MEAN_AVERAGE_PRECISION -> meanAveragePrecision;
      case WITHIN_K_AUC -> withinKAuc;
      case BIT_ACCURACY -> bitAccuracy;
      case JACCARD_SAMPLES -> jaccardSamples;
      case EXACT_MATCH_RATIO -> exactMatchRatio;
    };
  }

  void putInto(Figures figures) {
    for (Headline headline : Headline.values()) {
      figures.put(key(headline), get(headline));
    }
  }
}
