package dev.tutti.worker.training.card;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.metrics.Headline;
import dev.tutti.core.score.ScoreMatrix;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.training.validation.Scored;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** What predictors reach on the same samples that hear nothing: figures to compare with. */
final class TrivialScores {
  private TrivialScores() {}

  /** Headline figures by predictor. */
  static ObjectNode of(Scored scored) {
    int width = scored.families().size();
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    Random random = new Random(1);
    table.set("coin_flip", figures(scored, row -> 0, random));
    table.set("all_present", figures(scored, row -> width, null));
    table.set("knows_how_many_only", figures(scored, row -> scored.truth().cardinality(row), null));
    return table;
  }

  /** Scores that are random, or that depend on the row's number of players alone. */
  private static ObjectNode figures(Scored scored, IntUnaryOperator players, Random random) {
    int width = scored.families().size();
    double[] scores = new double[scored.truth().rows() * width];
    for (int i = 0; i < scores.length; i++) {
      scores[i] =
          random == null ? players.applyAsInt(i / width) / (double) width : random.nextDouble();
    }
    Scored trivial =
        new Scored(
            scored.families(),
            scored.truth(),
            ScoreMatrix.of(scored.truth().rows(), width, scores));
    return FigureTable.headlines(
        trivial, Thresholds.uniform(scored.families(), 0.499), Arrays.asList(Headline.values()));
  }
}
