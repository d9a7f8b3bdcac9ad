package dev.tutti.core.csv;

import java.util.List;

/**
 * One row of a file.
 *
 * @param line the line on which it begins, from 1
 * @param fields without the quotes and the spaces around them
 */
public record CsvRow(long line, List<String> fields) {
  /** Copies the list. */
  public CsvRow {
    fields = List.copyOf(fields);
  }

  /** Whether no field says anything, as in the empty rows that spreadsheets leave at the end. */
  boolean isBlank() {
    return fields.stream().allMatch(String::isBlank);
  }
}
