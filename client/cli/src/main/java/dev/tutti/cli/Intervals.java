package dev.tutti.cli;

import dev.tutti.core.metrics.Bootstrap;
import dev.tutti.core.metrics.Headline;
import dev.tutti.core.metrics.Metric;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Bootstrap intervals for programs. */
final class Intervals {
  /** Writes a figure that may be undefined. */
  interface Form {
    void put(Figures figures, String name, Metric metric);
  }

  private Intervals() {}

  static Map<String, Object> toJson(
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
