package dev.tutti.cli.report;

import dev.tutti.core.metrics.Averaging;
import dev.tutti.core.metrics.DecisionMeasure;
import dev.tutti.core.metrics.DecisionScores;
import dev.tutti.core.metrics.LabelRanking;
import dev.tutti.core.metrics.Metric;
import dev.tutti.core.metrics.RankingScores;
import dev.tutti.core.metrics.ScoreMeasure;
import dev.tutti.core.metrics.UndefinedLabels;
import dev.tutti.core.metrics.ZeroDivision;
import dev.tutti.core.score.ScoredMatrices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The measures by short names, with scikit-learn's conventions: without suffix {@code
 * zero_division=0}, with {@code _zd1} 1; the average precision of a label that is never present
 * counts 0.
 *
 * <p>An undefined figure is a text that says why. In a list with other figures it is null.
 */
public final class SklearnFigures {
  private final Map<String, Object> figures = new LinkedHashMap<>();

  /**
   * The figures of samples.
   *
   * @param thresholds one a label; present is what scores above
   */
  public SklearnFigures(ScoredMatrices files, double[] thresholds) {
    DecisionScores decided = new DecisionScores(files.truth(), files.scores().decide(thresholds));
    put("emr", decided.exactMatchRatio());
    put("hamming_loss", decided.hammingLoss());
    put("bit_accuracy", decided.bitAccuracy());
    put("per_label_accuracy", decided.accuracies());
    figures.put("confusion", confusion(decided));
    putDecisions(decided, ZeroDivision.ZERO, "");
    putDecisions(decided, ZeroDivision.ONE, "_zd1");
    putRanking(new RankingScores(files.truth(), files.scores()));
    LabelRanking order = new LabelRanking(files.truth(), files.scores());
    put("lrap", order.averagePrecision());
    put("coverage_error", order.coverageError());
    put("ranking_loss", order.rankingLoss());
  }

  /** The figures by name. */
  public Map<String, Object> asMap() {
    return figures;
  }

  /** Text for what is undefined. */
  public static Object value(Metric metric) {
    return metric.value().isPresent()
        ? metric.value().getAsDouble()
        : "undefined: " + metric.undefinedReason();
  }

  /** A list, or a text where nothing in it is defined. */
  static Object values(List<Metric> metrics) {
    List<Object> values = new ArrayList<>();
    for (Metric metric : metrics) {
      values.add(metric.value().isPresent() ? metric.value().getAsDouble() : null);
    }
    Optional<Metric> first = metrics.stream().findFirst();
    boolean none = metrics.stream().allMatch(metric -> metric.value().isEmpty());
    return none && first.isPresent() ? value(first.get()) : values;
  }

  private void put(String name, Metric metric) {
    figures.put(name, value(metric));
  }

  private void put(String name, List<Metric> metrics) {
    figures.put(name, values(metrics));
  }

  private void putDecisions(DecisionScores decided, ZeroDivision zeroDivision, String suffix) {
    for (DecisionMeasure measure : DecisionMeasure.values()) {
      String name = measure.name().toLowerCase(Locale.ROOT) + "_";
      for (Averaging averaging : Averaging.values()) {
        put(
            name + averaging.name().toLowerCase(Locale.ROOT) + suffix,
            decided.average(measure, averaging, zeroDivision));
      }
      put(name + "per_label" + suffix, decided.perLabel(measure, zeroDivision));
    }
  }

  private void putRanking(RankingScores ranking) {
    for (Averaging averaging : Averaging.values()) {
      put(
          "map_" + averaging.name().toLowerCase(Locale.ROOT),
          ranking.average(
              ScoreMeasure.AVERAGE_PRECISION, averaging, UndefinedLabels.AS_SCIKIT_LEARN));
    }
    put(
        "ap_per_label",
        ranking.perLabel(ScoreMeasure.AVERAGE_PRECISION, UndefinedLabels.AS_SCIKIT_LEARN));
    for (Averaging averaging : List.of(Averaging.MACRO, Averaging.MICRO)) {
      put(
          "roc_auc_" + averaging.name().toLowerCase(Locale.ROOT),
          ranking.average(ScoreMeasure.ROC_AUC, averaging, UndefinedLabels.AS_SCIKIT_LEARN));
    }
  }

  private static Object confusion(DecisionScores decided) {
    if (decided.pooled().total() == 0) {
      return "undefined: there is nothing to judge";
    }
    return decided.confusions().stream()
        .map(
            c ->
                List.of(
                    List.of(c.trueNegatives(), c.falsePositives()),
                    List.of(c.falseNegatives(), c.truePositives())))
        .toList();
  }
}
