package dev.tutti.client.cli;

import dev.tutti.core.metrics.Bootstrap;
import dev.tutti.core.metrics.Headline;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Bootstrap intervals for programs. */
final class Intervals {
  private Intervals() {}

  static Map<String, Object> toJson(
      Map<Headline, Bootstrap.Interval> intervals, Function<Headline, String> name) {
    Map<String, Object> json = new LinkedHashMap<>();
    intervals.forEach(
        (headline, interval) ->
            json.put(
                name.apply(headline),
                new Figures()
                    .put("value", interval.figure())
                    .put("low", interval.low())
                    .put("high", interval.high())
                    .put("undefined_resamples", interval.undefinedResamples())
                    .toJson()));
    return json;
  }
}
