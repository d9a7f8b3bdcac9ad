package dev.tutti.worker.training.card;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.metrics.Bootstrap;
import dev.tutti.core.metrics.DecisionScores;
import dev.tutti.core.metrics.Headline;
import dev.tutti.core.metrics.Metric;
import dev.tutti.core.metrics.RankingScores;
import dev.tutti.core.metrics.ScoreMeasure;
import dev.tutti.core.metrics.SoloConfusion;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoredMatrices;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.training.validation.Scored;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The figures of scored samples as JSON, under the names that evaluations use. */
final class FigureTable {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(200, 0.95, 1);

  private FigureTable() {}

  /** The headline figures of mixtures with intervals, then each family's and each size's. */
  static ObjectNode mixtures(Scored scored, Thresholds thresholds) {
    double[] cuts = new double[scored.families().size()];
    Arrays.setAll(cuts, thresholds::get);
    LabelMatrix decisions = scored.scores().decide(cuts);
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    table.put("samples", scored.truth().rows());
    BOOTSTRAP
        .intervals(scored.truth(), scored.scores(), decisions)
        .forEach(
            (headline, interval) -> {
              ObjectNode figure = table.putObject(headline.key());
              put(figure, "value", interval.figure());
              put(figure, "low", interval.low());
              put(figure, "high", interval.high());
            });
    table.put("jaccard_empty_right", jaccardWithEmptyRight(scored, decisions));
    RankingScores ranking = new RankingScores(scored.truth(), scored.scores());
    List<Metric> precisions = ranking.perLabel(ScoreMeasure.AVERAGE_PRECISION);
    List<Metric> aucs = ranking.withinSizeAuc();
    DecisionScores decided = new DecisionScores(scored.truth(), decisions);
    ObjectNode families = table.putObject("families");
    for (int p = 0; p < cuts.length; p++) {
      InstrumentFamily family = scored.families().get(p);
      ObjectNode figures = families.putObject(family.label());
      put(figures, "average_precision", precisions.get(p));
      put(figures, "within_k_auc", aucs.get(p));
      put(figures, "accuracy", decided.accuracies().get(p));
    }
    ObjectNode sizes = table.putObject("sizes");
    decided
        .groups()
        .forEach(
            group -> {
              ObjectNode figures = sizes.putObject(String.valueOf(group.size()));
              put(figures, "bit_accuracy", group.bitAccuracy());
              put(figures, "jaccard_samples", group.jaccardSamples());
              put(figures, "emr", group.exactMatchRatio());
            });
    return table;
  }

  /** Some headline figures, without intervals. */
  static ObjectNode headlines(Scored scored, Thresholds thresholds, Collection<Headline> wanted) {
    double[] cuts = new double[scored.families().size()];
    Arrays.setAll(cuts, thresholds::get);
    LabelMatrix decisions = scored.scores().decide(cuts);
    Map<Headline, Metric> figures = new EnumMap<>(Headline.class);
    for (Headline headline : wanted) {
      figures.put(headline, headline.of(scored.truth(), scored.scores(), decisions));
    }
    return headlines(figures);
  }

  /** Headline figures that are known already. */
  static ObjectNode headlines(Map<Headline, Metric> figures) {
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    figures.forEach((headline, figure) -> put(table, headline.key(), figure));
    return table;
  }

  /** How often the most probable family is the one that plays, with and without synth_lead. */
  static ObjectNode solos(Scored scored) {
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    table.put("samples", scored.truth().rows());
    put(table, "solo_accuracy_all", new SoloConfusion(scored.truth(), scored.scores()).accuracy());
    int left = scored.families().positionOf(InstrumentFamily.SYNTH_LEAD);
    ScoredMatrices others = left < 0 ? scored.matrices() : without(scored.matrices(), left);
    put(table, "solo_accuracy", new SoloConfusion(others.truth(), others.scores()).accuracy());
    return table;
  }

  private static ScoredMatrices without(ScoredMatrices scored, int left) {
    int[] rows =
        IntStream.range(0, scored.rows())
            .filter(row -> !scored.truth().isPresent(row, left))
            .toArray();
    int[] others =
        IntStream.range(0, scored.truth().labels()).filter(label -> label != left).toArray();
    return scored.select(rows).selectLabels(others);
  }

  /** Jaccard where nothing found in a sample of nothing counts 1, which scikit-learn counts 0. */
  private static double jaccardWithEmptyRight(Scored scored, LabelMatrix decisions) {
    long right =
        IntStream.range(0, scored.truth().rows())
            .filter(row -> scored.truth().cardinality(row) == 0 && decisions.cardinality(row) == 0)
            .count();
    Metric jaccard = Headline.JACCARD_SAMPLES.of(scored.truth(), scored.scores(), decisions);
    double sum = jaccard.value().orElse(0) + (double) right / scored.truth().rows();
    return Math.round(sum * 1e5) / 1e5;
  }

  private static void put(ObjectNode node, String name, Metric metric) {
    metric.value().ifPresent(value -> node.put(name, Math.round(value * 1e5) / 1e5));
  }
}
