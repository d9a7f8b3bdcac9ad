package dev.tutti.core.csv;

import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a file of comma-separated values in UTF-8, a row a line, each ended by LF. Fields with a
 * comma, a quote or a line break stand in double quotes.
 */
public final class CsvWriter implements Closeable {
  private static final CsvFactory CSV =
      CsvFactory.builder()
          // Otherwise spaces and mere length are quoted too.
          .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
          .build();

  private final CsvGenerator rows;

  /** Begins a file, replacing one that is there. */
  public CsvWriter(Path file) throws IOException {
    rows = CSV.createGenerator(Files.newBufferedWriter(file));
    rows.setSchema(CsvSchema.emptySchema().withLineSeparator("\n"));
  }

  /**
   * Writes a row.
   *
   * @param fields numbers in full precision, null as nothing, anything else as its text
   */
  public void row(Object... fields) throws IOException {
    row(Arrays.asList(fields));
  }

  /** As {@link #row(Object...)}. */
  public void row(List<?> fields) throws IOException {
    rows.writeStartArray();
    for (Object field : fields) {
      String text = field == null ? "" : field.toString();
      // The strict check overlooks a carriage return by itself.
      rows.configure(CsvGenerator.Feature.ALWAYS_QUOTE_STRINGS, text.indexOf('\r') >= 0);
      rows.writeString(text);
    }
    rows.writeEndArray();
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
