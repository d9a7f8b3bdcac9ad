package dev.tutti.client.cli;

import dev.tutti.client.BankInfo;
import dev.tutti.client.EvaluationEvent;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.metrics.EvaluationAccumulator;
import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.core.metrics.FamilyReport;
import dev.tutti.core.metrics.GroupReport;
import dev.tutti.core.metrics.Metric;
import dev.tutti.core.threshold.Thresholds;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One evaluation as it is shown: its figures, beside those of coin flips on the very same samples.
 */
final class EvaluationRun {
  private final BankInfo bank;
  private final long seed;
  private final SplittableRandom coin;
  private final EvaluationAccumulator chance;
  private EvaluationEvent.Summary summary;

  EvaluationRun(BankInfo bank, long seed) {
    this.bank = bank;
    this.seed = seed;
    this.coin = new SplittableRandom(seed);
    this.chance = new EvaluationAccumulator(Thresholds.uniform(bank.families(), 0.5));
  }

  void accept(EvaluationEvent event, ProgressBar progress) {
    if (event instanceof EvaluationEvent.Prediction prediction) {
      float[] guesses = new float[bank.families().size()];
      for (int i = 0; i < guesses.length; i++) {
        guesses[i] = (float) coin.nextDouble();
      }
      chance.add(LabelVector.of(bank.families(), prediction.truth()), guesses);
    } else if (event instanceof EvaluationEvent.Progress running) {
      progress.show(
          running.completed(), running.total(), running.elapsed(), note(running.metrics()));
    } else if (event instanceof EvaluationEvent.Summary last) {
      summary = last;
    }
  }

  void print(PrintWriter out) {
    EvaluationReport report = summary.metrics();
    out.printf(
        Locale.ROOT,
        "%d samples in %.1f s (%.0f a second), bank %s %.12s, seed %d%n%n",
        report.samples(),
        seconds(),
        report.samples() / Math.max(1e-9, seconds()),
        summary.bank(),
        summary.bankDigest(),
        seed);
    printHeadline(report, chance.report(), out);
    out.println();
    printFamilies(report.families(), out);
    out.println();
    printGroups(report.groups(), out);
  }

  Object toJson(String recipe) {
    EvaluationReport report = summary.metrics();
    Map<String, Object> json =
        Json.object(
            "recipe", recipe,
            "seed", seed,
            "bank", summary.bank(),
            "bank_digest", summary.bankDigest(),
            "failed", summary.failed(),
            "seconds", seconds());
    json.putAll(headline(report));
    json.put("chance", headline(chance.report()));
    Map<String, Object> families = new LinkedHashMap<>();
    report.families().forEach(family -> families.put(family.family().label(), toJson(family)));
    json.put("families", families);
    json.put("groups", report.groups().stream().map(this::toJson).toList());
    return json;
  }

  private double seconds() {
    return summary.elapsed().toMillis() / 1000.0;
  }

  private static Map<String, Object> headline(EvaluationReport report) {
    return Json.object(
        "samples", report.samples(),
        "map_macro", Json.metric(report.meanAveragePrecision()),
        "within_k_auc", Json.metric(report.withinKAuc()),
        "bit_accuracy", Json.metric(report.bitAccuracy()),
        "jaccard_samples", Json.metric(report.jaccardSamples()),
        "emr", Json.metric(report.exactMatchRatio()));
  }

  private static Object toJson(FamilyReport family) {
    return Json.object(
        "threshold", family.threshold(),
        "true_positives", family.confusion().truePositives(),
        "false_positives", family.confusion().falsePositives(),
        "false_negatives", family.confusion().falseNegatives(),
        "true_negatives", family.confusion().trueNegatives(),
        "accuracy", Json.metric(family.accuracy()),
        "precision", Json.metric(family.precision()),
        "recall", Json.metric(family.recall()),
        "f1", Json.metric(family.f1()),
        "average_precision", Json.metric(family.averagePrecision()),
        "within_k_auc", Json.metric(family.withinKAuc()));
  }

  private Object toJson(GroupReport group) {
    Map<String, Object> accuracies = new LinkedHashMap<>();
    for (int i = 0; i < group.familyAccuracies().size(); i++) {
      accuracies.put(bank.families().get(i).label(), Json.metric(group.familyAccuracies().get(i)));
    }
    return Json.object(
        "size", group.size(),
        "name", group.name(),
        "samples", group.samples(),
        "emr", Json.metric(group.exactMatchRatio()),
        "jaccard_samples", Json.metric(group.jaccardSamples()),
        "bit_accuracy", Json.metric(group.bitAccuracy()),
        "family_accuracies", accuracies);
  }

  private static String note(EvaluationReport running) {
    return "exact match "
        + figure(running.exactMatchRatio())
        + "  Jaccard "
        + figure(running.jaccardSamples())
        + "  mean AP "
        + figure(running.meanAveragePrecision());
  }

  private static void printHeadline(
      EvaluationReport report, EvaluationReport guesses, PrintWriter out) {
    TextTable table = new TextTable(List.of("measure", "value", "coin flips"));
    row(table, "exact match ratio", report.exactMatchRatio(), guesses.exactMatchRatio());
    row(table, "Jaccard (samples)", report.jaccardSamples(), guesses.jaccardSamples());
    row(table, "accuracy per bit", report.bitAccuracy(), guesses.bitAccuracy());
    row(
        table,
        "mean average precision",
        report.meanAveragePrecision(),
        guesses.meanAveragePrecision());
    row(table, "within-k AUC", report.withinKAuc(), guesses.withinKAuc());
    table.print(out);
  }

  private static void row(TextTable table, String name, Metric value, Metric guess) {
    table.add(List.of(name, figure(value), figure(guess)));
  }

  private static void printFamilies(List<FamilyReport> families, PrintWriter out) {
    TextTable table =
        new TextTable(
            List.of(
                "family", "threshold", "accuracy", "precision", "recall", "AP", "within-k AUC"));
    for (FamilyReport family : families) {
      table.add(
          List.of(
              family.family().label(),
              String.format(Locale.ROOT, "%.4f", family.threshold()),
              figure(family.accuracy()),
              figure(family.precision()),
              figure(family.recall()),
              figure(family.averagePrecision()),
              figure(family.withinKAuc())));
    }
    table.print(out);
  }

  private static void printGroups(List<GroupReport> groups, PrintWriter out) {
    TextTable table =
        new TextTable(List.of("group", "samples", "exact match", "Jaccard", "per bit"));
    for (GroupReport group : groups) {
      table.add(
          List.of(
              group.name(),
              String.valueOf(group.samples()),
              figure(group.exactMatchRatio()),
              figure(group.jaccardSamples()),
              figure(group.bitAccuracy())));
    }
    table.print(out);
  }

  private static String figure(Metric metric) {
    return metric.value().isPresent()
        ? String.format(Locale.ROOT, "%.4f", metric.value().getAsDouble())
        : "-";
  }
}
