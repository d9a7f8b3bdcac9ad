package dev.tutti.cli.report;

import dev.tutti.core.metrics.Metric;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Figures by name for JSON. What is undefined is left out, and stands under {@code undefined} with
 * the reason.
 */
final class Figures {
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Object> undefined = new LinkedHashMap<>();

  Figures put(String name, Object value) {
    values.put(name, value);
    return this;
  }

  Figures put(String name, Metric metric) {
    metric
        .value()
        .ifPresentOrElse(
            value -> values.put(name, value), () -> undefined.put(name, metric.undefinedReason()));
    return this;
  }

  Figures putAll(Map<String, ?> figures) {
    values.putAll(figures);
    return this;
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>(values);
    if (!undefined.isEmpty()) {
      json.put("undefined", undefined);
    }
    return json;
  }

  /** A figure for people: four places, or a dash. */
  static String text(Metric metric) {
    return metric.value().isPresent()
        ? String.format(Locale.ROOT, "%.4f", metric.value().getAsDouble())
        : "-";
  }
}
