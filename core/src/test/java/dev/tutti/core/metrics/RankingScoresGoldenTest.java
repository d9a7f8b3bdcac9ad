package dev.tutti.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.golden.Figures;
import dev.tutti.core.golden.SklearnCase;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.score.ScoreMatrix;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every measure of scores as scikit-learn computes it. */
class RankingScoresGoldenTest {
  @TestFactory
  Stream<DynamicTest> everyCase() {
    return SklearnCase.all().stream()
        .map(sample -> DynamicTest.dynamicTest(sample.name(), () -> check(sample)));
  }

  private static void check(SklearnCase sample) {
    JsonNode golden = sample.json().get("scores_metrics");
    LabelMatrix truth = sample.truth();
    ScoreMatrix scores = sample.scores();
    RankingScores ranking = new RankingScores(truth, scores);
    checkAverages(golden, ranking, ScoreMeasure.AVERAGE_PRECISION, "average_precision_");
    checkAverages(golden, ranking, ScoreMeasure.ROC_AUC, "roc_auc_");
    LabelRanking order = new LabelRanking(truth, scores);
    Figures.same("lrap", golden.get("lrap"), order.averagePrecision());
    Figures.same("coverage", golden.get("coverage_error"), order.coverageError());
    Figures.same("loss", golden.get("label_ranking_loss"), order.rankingLoss());
    if (truth.rows() > 0) {
      checkLabels(golden, truth, scores, ranking);
    }
    JsonNode curves = golden.path("precision_recall_curve");
    curves
        .fieldNames()
        .forEachRemaining(
            label ->
                checkCurve(
                    curves.get(label), RankedCuts.ofLabel(truth, scores, Integer.parseInt(label))));
    checkSolo(sample);
  }

  private static void checkAverages(
      JsonNode golden, RankingScores ranking, ScoreMeasure measure, String prefix) {
    for (Averaging averaging : Averaging.values()) {
      String key = prefix + averaging.name().toLowerCase(Locale.ROOT);
      Metric actual = ranking.average(measure, averaging, UndefinedLabels.AS_SCIKIT_LEARN);
      boolean nothingPresent =
          ranking.perLabel(ScoreMeasure.AVERAGE_PRECISION).stream()
              .allMatch(ap -> ap.value().isEmpty());
      if (measure == ScoreMeasure.ROC_AUC && averaging == Averaging.WEIGHTED && nothingPresent) {
        // scikit-learn says 0, the worst possible area, where it refuses every other average.
        assertTrue(actual.value().isEmpty(), key);
      } else {
        Figures.same(key, golden.get(key), actual);
      }
    }
  }

  private static void checkLabels(
      JsonNode golden, LabelMatrix truth, ScoreMatrix scores, RankingScores ranking) {
    JsonNode expected = golden.get("average_precision_per_label").get("value");
    for (int label = 0; label < truth.labels(); label++) {
      Metric actual = ranking.perLabel(ScoreMeasure.AVERAGE_PRECISION).get(label);
      int positives = RankedCuts.ofLabel(truth, scores, label).positives();
      assertEquals(positives > 0, actual.value().isPresent());
      assertEquals(expected.get(label).asDouble(), actual.value().orElse(0), 1e-9);
    }
    Figures.same("auc", golden.get("roc_auc_per_label"), ranking.perLabel(ScoreMeasure.ROC_AUC));
    Figures.same(
        "brier", golden.get("brier_per_label"), ProbabilityLoss.BRIER.perLabel(truth, scores));
    Figures.same(
        "log", golden.get("log_loss_per_label"), ProbabilityLoss.LOG_LOSS.perLabel(truth, scores));
  }

  private static void checkCurve(JsonNode golden, RankedCuts cuts) {
    PrecisionRecallCurve curve = PrecisionRecallCurve.of(cuts);
    Figures.same("precision", golden.get("value").get("precision"), curve.precision());
    Figures.same("recall", golden.get("value").get("recall"), curve.recall());
    Figures.same("thresholds", golden.get("value").get("thresholds"), curve.thresholds());
  }

  private static void checkSolo(SklearnCase sample) {
    JsonNode golden = sample.json().get("single_label_argmax");
    SoloConfusion solo = new SoloConfusion(sample.truth(), sample.scores());
    if (golden == null) {
      return;
    }
    Figures.same("solo", golden.get("accuracy"), solo.accuracy());
    JsonNode counts = golden.get("confusion_matrix_true_rows");
    for (int actual = 0; actual < counts.size(); actual++) {
      for (int classified = 0; classified < counts.size(); classified++) {
        assertEquals(counts.get(actual).get(classified).asLong(), solo.count(actual, classified));
      }
    }
  }
}
