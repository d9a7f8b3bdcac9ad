package dev.tutti.worker.training.card;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.metrics.TrivialLevels;
import dev.tutti.worker.training.validation.Scored;

/** The levels of predictors that hear nothing, under the names that model cards have for them. */
final class TrivialScores {
  private TrivialScores() {}

  /** Headline figures by predictor. */
  static ObjectNode of(Scored scored) {
    ObjectNode table = JsonNodeFactory.instance.objectNode();
    TrivialLevels.of(scored.families(), scored.truth())
        .levels()
        .forEach((who, level) -> table.set(name(who), FigureTable.headlines(level)));
    return table;
  }

  private static String name(TrivialLevels.Predictor who) {
    return switch (who) {
      case COIN_FLIPS -> "coin_flip";
      case ALL_PRESENT -> "all_present";
      case KNOWS_K -> "knows_how_many_only";
    };
  }
}
