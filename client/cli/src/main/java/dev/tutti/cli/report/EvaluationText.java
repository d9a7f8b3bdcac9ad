package dev.tutti.cli.report;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.metrics.Bootstrap;
import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.core.metrics.FamilyReport;
import dev.tutti.core.metrics.GroupReport;
import dev.tutti.core.metrics.Headline;
import dev.tutti.core.metrics.Metric;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An evaluation report for people. */
final class EvaluationText {
  private final PrintWriter out;

  EvaluationText(PrintWriter out) {
    this.out = out;
  }

  /** The headline figures, their intervals where there are any, and what is reached trivially. */
  void headlines(
      Headlines figures,
      Map<Headline, Bootstrap.Interval> intervals,
      Map<String, Headlines> levels) {
    List<String> header = new ArrayList<>(List.of("measure", "value"));
    if (!intervals.isEmpty()) {
      header.add("95 % interval");
    }
    header.addAll(levels.keySet());
    TextTable table = new TextTable(header);
    for (Headline headline : Headline.values()) {
      List<String> row =
          new ArrayList<>(List.of(name(headline), Figures.text(figures.get(headline))));
      if (!intervals.isEmpty()) {
        Bootstrap.Interval interval = intervals.get(headline);
        row.add(Figures.text(interval.low()) + " to " + Figures.text(interval.high()));
      }
      levels.values().forEach(level -> row.add(Figures.text(level.get(headline))));
      table.add(row);
    }
    table.print(out);
  }

  private static String name(Headline headline) {
    return switch (headline) {
      case EXACT_MATCH_RATIO -> "exact match ratio";
      case JACCARD_SAMPLES -> "Jaccard (samples)";
      case BIT_ACCURACY -> "accuracy per bit";
      case MEAN_AVERAGE_PRECISION -> "mean average precision";
      case WITHIN_K_AUC -> "within-k AUC";
    };
  }

  /** The order of the families within the samples. */
  void ranking(EvaluationReport report) {
    out.printf(
        "label ranking: average precision %s, coverage error %s, loss %s%n",
        Figures.text(report.ranking().averagePrecision()),
        Figures.text(report.ranking().coverageError()),
        Figures.text(report.ranking().rankingLoss()));
  }

  /** What was decided of each family. */
  void decisions(List<FamilyReport> families) {
    TextTable decisions =
        new TextTable(
            List.of(
                "family",
                "threshold",
                "TP",
                "FP",
                "FN",
                "TN",
                "accuracy",
                "precision",
                "recall",
                "F1",
                "notebook's TPR"));
    for (FamilyReport family : families) {
      var counts = family.confusion();
      decisions.add(
          List.of(
              family.family().label(),
              Figures.text(Metric.of(family.threshold())),
              String.valueOf(counts.truePositives()),
              String.valueOf(counts.falsePositives()),
              String.valueOf(counts.falseNegatives()),
              String.valueOf(counts.trueNegatives()),
              Figures.text(family.accuracy()),
              Figures.text(family.precision()),
              Figures.text(family.recall()),
              Figures.text(family.f1()),
              Figures.text(Metric.of(counts.notebookTpr()))));
    }
    decisions.print(out);
  }

  /** How good the probabilities of each family are. */
  void scores(List<FamilyReport> families) {
    TextTable scores =
        new TextTable(
            List.of("family", "AP", "within-k AUC", "ROC AUC", "Brier", "log loss", "ECE"));
    for (FamilyReport family : families) {
      var probabilities = family.probabilities();
      scores.add(
          List.of(
              family.family().label(),
              Figures.text(family.averagePrecision()),
              Figures.text(family.withinKAuc()),
              Figures.text(probabilities.rocAuc()),
              Figures.text(probabilities.brier()),
              Figures.text(probabilities.logLoss()),
              Figures.text(probabilities.expectedCalibrationError())));
    }
    scores.print(out);
  }

  /** Each group size, with the accuracy of each family. */
  void groups(List<GroupReport> groups, FamilySet families) {
    List<String> header =
        new ArrayList<>(List.of("group", "samples", "exact match", "Jaccard", "per bit"));
    families.forEach(family -> header.add(family.label()));
    TextTable table = new TextTable(header);
    for (GroupReport group : groups) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  group.name(),
                  String.valueOf(group.samples()),
                  Figures.text(group.exactMatchRatio()),
                  Figures.text(group.jaccardSamples()),
                  Figures.text(group.bitAccuracy())));
      group.familyAccuracies().forEach(accuracy -> row.add(Figures.text(accuracy)));
      table.add(row);
    }
    table.print(out);
  }
}
