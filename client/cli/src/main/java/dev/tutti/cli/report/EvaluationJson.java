package dev.tutti.cli.report;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.metrics.ConfusionCounts;
import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.core.metrics.FamilyReport;
import dev.tutti.core.metrics.GroupReport;
import dev.tutti.core.metrics.Metric;
import dev.tutti.core.metrics.ProbabilityReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** An evaluation report for programs. */
final class EvaluationJson {
  private EvaluationJson() {}

  static void put(EvaluationReport report, FamilySet families, Figures json) {
    json.put("samples", report.samples());
    Headlines.of(report).putInto(json);
    json.put("jaccard_samples_empty_as_match", jaccardEmptyAsMatch(report));
    json.put("lrap", report.ranking().averagePrecision())
        .put("coverage_error", report.ranking().coverageError())
        .put("ranking_loss", report.ranking().rankingLoss())
        .put("roc_auc_macro", macro(report, ProbabilityReport::rocAuc))
        .put("brier_macro", macro(report, ProbabilityReport::brier))
        .put("log_loss_macro", macro(report, ProbabilityReport::logLoss))
        .put(
            "expected_calibration_error_macro",
            macro(report, ProbabilityReport::expectedCalibrationError))
        .put("map_macro_left_out", leftOut(report));
    Map<String, Object> byFamily = new LinkedHashMap<>();
    report.families().forEach(family -> byFamily.put(family.family().label(), toJson(family)));
    json.put("families", byFamily);
    json.put("groups", report.groups().stream().map(group -> toJson(group, families)).toList());
  }

  /**
   * The samples' Jaccard where nothing played and nothing was found counts 1 and not 0, as
   * scikit-learn's {@code zero_division=1} does: a noise detector then gains by being right.
   */
  private static Metric jaccardEmptyAsMatch(EvaluationReport report) {
    Metric plain = report.jaccardSamples();
    if (plain.value().isEmpty()) {
      return plain;
    }
    double foundEmpty =
        report.groups().stream()
            .filter(group -> group.size() == 0)
            .mapToDouble(group -> group.exactMatchRatio().value().orElse(0) * group.samples())
            .sum();
    return Metric.of(plain.value().getAsDouble() + foundEmpty / report.samples());
  }

  /** Families that never play have no average precision; their mean is that of the others. */
  private static Map<String, String> leftOut(EvaluationReport report) {
    Map<String, String> reasons = new LinkedHashMap<>();
    report.families().stream()
        .filter(family -> family.averagePrecision().value().isEmpty())
        .forEach(
            family ->
                reasons.put(family.family().label(), family.averagePrecision().undefinedReason()));
    return reasons;
  }

  private static Metric macro(EvaluationReport report, Function<ProbabilityReport, Metric> figure) {
    OptionalDouble mean =
        report.families().stream()
            .map(family -> figure.apply(family.probabilities()).value())
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .average();
    return mean.isPresent()
        ? Metric.of(mean.getAsDouble())
        : Metric.undefined("it is undefined for every family");
  }

  private static Map<String, Object> toJson(FamilyReport family) {
    Figures json = new Figures().put("threshold", family.threshold());
    putConfusion(family.confusion(), json);
    ProbabilityReport probabilities = family.probabilities();
    return json.put("precision", family.precision())
        .put("f1", family.f1())
        .put("average_precision", family.averagePrecision())
        .put("within_k_auc", family.withinKAuc())
        .put("roc_auc", probabilities.rocAuc())
        .put("brier", probabilities.brier())
        .put("log_loss", probabilities.logLoss())
        .put("expected_calibration_error", probabilities.expectedCalibrationError())
        .toJson();
  }

  private static Map<String, Object> toJson(GroupReport group, FamilySet families) {
    Map<String, Object> byFamily = new LinkedHashMap<>();
    List<ConfusionCounts> confusions = group.familyConfusions();
    for (int i = 0; i < confusions.size(); i++) {
      Figures json = new Figures();
      putConfusion(confusions.get(i), json);
      byFamily.put(families.get(i).label(), json.toJson());
    }
    return new Figures()
        .put("size", group.size())
        .put("name", group.name())
        .put("samples", group.samples())
        .put("emr", group.exactMatchRatio())
        .put("jaccard_samples", group.jaccardSamples())
        .put("bit_accuracy", group.bitAccuracy())
        .put("families", byFamily)
        .toJson();
  }

  private static void putConfusion(ConfusionCounts confusion, Figures json) {
    json.put("true_positives", confusion.truePositives())
        .put("false_positives", confusion.falsePositives())
        .put("false_negatives", confusion.falseNegatives())
        .put("true_negatives", confusion.trueNegatives())
        .put("accuracy", confusion.accuracy())
        .put("recall", confusion.recall())
        .put("notebook_tpr_quirk", confusion.notebookTpr());
  }
}
