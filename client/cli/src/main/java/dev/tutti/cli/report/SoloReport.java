package dev.tutti.cli.report;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.metrics.ConfusionCounts;
import dev.tutti.core.metrics.Metric;
import dev.tutti.core.metrics.SoloConfusion;
import dev.tutti.core.score.ScoredMatrices;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Single notes classified as the family with the highest probability among some: accuracy, the
 * figures of each family, and the confusion matrix.
 *
 * <p>Averages are over the families that have notes; a family never chosen has no precision and
 * counts 0 there, as in scikit-learn's {@code classification_report}.
 */
final class SoloReport {
  private final FamilySet families;
  private final SoloConfusion confusion;

  /** Classifies the samples in which only one of these families plays. */
  SoloReport(ScoredSamples samples, FamilySet families) {
    this.families = families;
    ScoredMatrices matrices = samples.matrices(families);
    this.confusion = new SoloConfusion(matrices.truth(), matrices.scores());
  }

  FamilySet families() {
    return families;
  }

  Metric accuracy() {
    return confusion.accuracy();
  }

  /** What guessing evenly reaches. */
  Metric random() {
    return Metric.of(1.0 / families.size());
  }

  /** What saying the most frequent family always reaches. */
  Metric mostFrequent() {
    long most = positions().mapToLong(p -> counts(p).present()).max().orElse(0);
    return notes() == 0
        ? Metric.undefined("there are no notes")
        : Metric.of((double) most / notes());
  }

  private long notes() {
    return positions().mapToLong(p -> counts(p).present()).sum();
  }

  private IntStream positions() {
    return IntStream.range(0, families.size());
  }

  private ConfusionCounts counts(int position) {
    long hits = confusion.count(position, position);
    long chosen = positions().mapToLong(actual -> confusion.count(actual, position)).sum();
    long present = positions().mapToLong(other -> confusion.count(position, other)).sum();
    long all =
        positions().mapToLong(a -> positions().mapToLong(b -> confusion.count(a, b)).sum()).sum();
    return new ConfusionCounts(hits, chosen - hits, present - hits, all - chosen - present + hits);
  }

  /** The mean over the families with notes, each weighing one or as many as it has notes. */
  private Metric average(Function<ConfusionCounts, Metric> figure, boolean weighted) {
    double sum = 0;
    long weights = 0;
    for (int p = 0; p < families.size(); p++) {
      ConfusionCounts counts = counts(p);
      long weight = weighted ? counts.present() : Math.min(1, counts.present());
      sum += weight * figure.apply(counts).value().orElse(0);
      weights += weight;
    }
    return weights == 0 ? Metric.undefined("there are no notes") : Metric.of(sum / weights);
  }

  Map<String, Object> toJson() {
    Map<String, Object> report = new LinkedHashMap<>();
    for (int p = 0; p < families.size(); p++) {
      ConfusionCounts counts = counts(p);
      report.put(
          families.get(p).label(),
          new Figures()
              .put("precision", counts.precision())
              .put("recall", counts.recall())
              .put("f1", counts.f1())
              .put("support", counts.present())
              .toJson());
    }
    report.put("macro_average", averages(false));
    report.put("weighted_average", averages(true));
    return new Figures()
        .put("families", labels())
        .put("notes", notes())
        .put("accuracy", accuracy())
        .put("random", random())
        .put("most_frequent_family", mostFrequent())
        .put("classification_report", report)
        .put("confusion_matrix", rows())
        .toJson();
  }

  private Object averages(boolean weighted) {
    return new Figures()
        .put("precision", average(ConfusionCounts::precision, weighted))
        .put("recall", average(ConfusionCounts::recall, weighted))
        .put("f1", average(ConfusionCounts::f1, weighted))
        .put("support", notes())
        .toJson();
  }

  List<String> labels() {
    return families.asList().stream().map(family -> family.label()).toList();
  }

  /** The confusion matrix: a row an actual family, a column a classified one. */
  List<List<Long>> rows() {
    return positions()
        .mapToObj(a -> positions().mapToObj(c -> confusion.count(a, c)).toList())
        .toList();
  }

  void print(PrintWriter out) {
    out.printf(
        "%d notes, the highest of %d families: accuracy %s (random %s, always the most frequent"
            + " family %s)%n%n",
        notes(),
        families.size(),
        Figures.text(accuracy()),
        Figures.text(random()),
        Figures.text(mostFrequent()));
    TextTable report = new TextTable(List.of("family", "precision", "recall", "F1", "support"));
    for (int p = 0; p < families.size(); p++) {
      ConfusionCounts counts = counts(p);
      row(report, labels().get(p), figure -> figure.apply(counts), counts.present());
    }
    row(report, "macro average", figure -> average(figure, false), notes());
    row(report, "weighted average", figure -> average(figure, true), notes());
    report.print(out);
    out.println();
    List<String> header = new ArrayList<>(List.of("actual \\ classified"));
    header.addAll(labels());
    TextTable matrix = new TextTable(header);
    for (int p = 0; p < families.size(); p++) {
      List<String> cells = new ArrayList<>(List.of(labels().get(p)));
      rows().get(p).forEach(count -> cells.add(String.valueOf(count)));
      matrix.add(cells);
    }
    matrix.print(out);
  }

  private static void row(
      TextTable table,
      String name,
      Function<Function<ConfusionCounts, Metric>, Metric> figure,
      long support) {
    table.add(
        List.of(
            name,
            Figures.text(figure.apply(ConfusionCounts::precision)),
            Figures.text(figure.apply(ConfusionCounts::recall)),
            Figures.text(figure.apply(ConfusionCounts::f1)),
            String.valueOf(support)));
  }
}
