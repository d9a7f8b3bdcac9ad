package dev.tutti.cli.report;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Named figures for people: a line each, shortened to six places; JSON has them in full. */
public final class FigureLines {
  private FigureLines() {}

  /** Prints the figures in their order. */
  public static void print(Map<String, Object> figures, PrintWriter out) {
    int width = figures.keySet().stream().mapToInt(String::length).max().orElse(0);
    figures.forEach(
        (name, value) -> out.println(name + " ".repeat(width - name.length() + 2) + text(value)));
    out.flush();
  }

  private static String text(Object value) {
    if (value instanceof Double number) {
      return String.format(Locale.ROOT, "%.6f", number);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(FigureLines::text).collect(Collectors.joining(" ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + "=" + text(entry.getValue()))
          .collect(Collectors.joining(" ", "{", "}"));
    }
    return value == null ? "-" : value.toString();
  }
}
