package dev.tutti.cli.report;

import dev.tutti.core.metrics.Bootstrap;
import dev.tutti.core.metrics.Headline;
import dev.tutti.core.metrics.Metric;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Bootstrap intervals for programs. */
public final class Intervals {
  /** Writes a figure that may be undefined. */
  private interface Form {
    void put(Figures figures, String name, Metric metric);
  }

  private Intervals() {}

  /** By the keys of an evaluation's report; what is undefined stands apart, with its reason. */
  static Map<String, Object> toJson(Map<Headline, Bootstrap.Interval> intervals) {
    return toJson(intervals, Headline::key, Figures::put);
  }

  /** By name, beside {@link SklearnFigures}; what is undefined is a text. */
  public static Map<String, Object> toFigures(Map<Headline, Bootstrap.Interval> intervals) {
    return toJson(
        intervals,
        headline -> headline.name().toLowerCase(Locale.ROOT),
        (figures, name, metric) -> figures.put(name, SklearnFigures.value(metric)));
  }

  private static Map<String, Object> toJson(
      Map<Headline, Bootstrap.Interval> intervals, Function<Headline, String> name, Form form) {
    Map<String, Object> json = new LinkedHashMap<>();
    intervals.forEach(
        (headline, interval) -> {
          Figures figures = new Figures();
          form.put(figures, "value", interval.figure());
          form.put(figures, "low", interval.low());
          form.put(figures, "high", interval.high());
          figures.put("undefined_resamples", interval.undefinedResamples());
          json.put(name.apply(headline), figures.toJson());
        });
    return json;
  }
}
