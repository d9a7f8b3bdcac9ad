package dev.tutti.cli.report;

import dev.tutti.core.json.Json;
import dev.tutti.core.metrics.Averaging;
import dev.tutti.core.metrics.ConfusionCounts;
import dev.tutti.core.metrics.DecisionScores;
import dev.tutti.core.metrics.GroupReport;
import dev.tutti.core.metrics.Metric;
import dev.tutti.core.metrics.ProbabilityLoss;
import dev.tutti.core.metrics.RankingScores;
import dev.tutti.core.metrics.Reliability;
import dev.tutti.core.metrics.ScoreMeasure;
import dev.tutti.core.metrics.SoloConfusion;
import dev.tutti.core.metrics.UndefinedLabels;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import dev.tutti.core.score.ScoredMatrices;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The measures beyond {@link SklearnFigures}: those that need probabilities, and our own. */
public final class FurtherFigures {
  private static final int BINS = 10;

  private FurtherFigures() {}

  /**
   * The figures by name.
   *
   * @param thresholds one a label; present is what scores above
   */
  public static Map<String, Object> of(ScoredMatrices files, double[] thresholds) {
    LabelMatrix truth = files.truth();
    ScoreMatrix scores = files.scores();
    DecisionScores decided = new DecisionScores(truth, scores.decide(thresholds));
    RankingScores ranking = new RankingScores(truth, scores);
    return Json.object(
        "map_macro_of_present_labels",
        SklearnFigures.value(
            ranking.average(
                ScoreMeasure.AVERAGE_PRECISION, Averaging.MACRO, UndefinedLabels.LEFT_OUT)),
        "roc_auc_per_label",
        SklearnFigures.values(ranking.perLabel(ScoreMeasure.ROC_AUC)),
        "within_k_auc_per_label",
        SklearnFigures.values(ranking.withinSizeAuc()),
        "brier_per_label",
        SklearnFigures.values(ProbabilityLoss.BRIER.perLabel(truth, scores)),
        "log_loss_per_label",
        SklearnFigures.values(ProbabilityLoss.LOG_LOSS.perLabel(truth, scores)),
        "expected_calibration_error_per_label",
        SklearnFigures.values(calibrationErrors(truth, scores)),
        "notebook_tpr_quirk",
        decided.confusions().stream().map(ConfusionCounts::notebookTpr).toList(),
        "solo_accuracy",
        SklearnFigures.value(new SoloConfusion(truth, scores).accuracy()),
        "groups",
        decided.groups().stream().map(FurtherFigures::toJson).toList());
  }

  private static List<Metric> calibrationErrors(LabelMatrix truth, ScoreMatrix scores) {
    return IntStream.range(0, truth.labels())
        .mapToObj(label -> Reliability.ofLabel(truth, scores, label, BINS))
        .map(Reliability::expectedCalibrationError)
        .toList();
  }

  private static Object toJson(GroupReport group) {
    return Json.object(
        "size", group.size(),
        "name", group.name(),
        "samples", group.samples(),
        "emr", SklearnFigures.value(group.exactMatchRatio()),
        "jaccard_samples", SklearnFigures.value(group.jaccardSamples()),
        "bit_accuracy", SklearnFigures.value(group.bitAccuracy()),
        "per_label_accuracy", SklearnFigures.values(group.familyAccuracies()));
  }
}
