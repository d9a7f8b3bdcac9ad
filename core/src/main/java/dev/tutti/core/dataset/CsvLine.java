package dev.tutti.core.dataset;

import java.util.ArrayList;
import java.util.List;

/** The fields of one line of comma-separated values (RFC 4180, without line breaks in fields). */
final class CsvLine {
  private CsvLine() {}

  /** The fields, spaces around them and quotes removed; a doubled quote in quotes is one quote. */
  static List<String> split(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean doubled = quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
      if (doubled) {
        field.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString().strip());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString().strip());
    return fields;
  }
}
