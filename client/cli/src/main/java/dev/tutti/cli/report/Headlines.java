package dev.tutti.cli.report;

import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.core.metrics.Headline;
import dev.tutti.core.metrics.Metric;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The headline figures of an evaluation, or what a trivial predictor reaches.
 *
 * @param figures one a headline
 */
public record Headlines(Map<Headline, Metric> figures) {
  /** Each headline's figure as {@code figure} gives it. */
  public static Headlines of(Function<Headline, Metric> figure) {
    Map<Headline, Metric> figures = new EnumMap<>(Headline.class);
    for (Headline headline : Headline.values()) {
      figures.put(headline, figure.apply(headline));
    }
    return new Headlines(figures);
  }

  static Headlines of(EvaluationReport report) {
    return of(headline -> headline.of(report));
  }

  /** The figure of a headline. */
  public Metric get(Headline headline) {
    return figures.get(headline);
  }

  void putInto(Figures json) {
    figures.forEach((headline, figure) -> json.put(headline.key(), figure));
  }
}
