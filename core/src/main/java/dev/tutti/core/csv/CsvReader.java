package dev.tutti.core.csv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a file of separated values row by row. Fields may stand in double quotes, and then hold
 * separators, line breaks and doubled quotes; lines end with LF, CRLF or CR. Empty rows, rows of
 * nothing but separators, and lines that start with {@code #} are left out, as is a first line
 * {@code sep=;}, with which spreadsheets are told the separator. The text is UTF-8, or UTF-16 where
 * a byte order mark says so.
 */
public final class CsvReader implements Closeable {
  /** In the order in which they are tried. */
  private static final String SEPARATORS = ",;\t";

  /** Characters among which the first row is looked for. */
  private static final int HEAD = 1 << 16;

  private static final CsvFactory CSV =
      CsvFactory.builder()
          .enable(CsvParser.Feature.TRIM_SPACES)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .enable(CsvParser.Feature.ALLOW_COMMENTS)
          .build();

  private static final Pattern TOLD = Pattern.compile("\"?sep=(.)\"?\\R");

  private final CsvParser rows;
  private final int linesBefore;
  private boolean ended;

  private CsvReader(Reader text, char separator, int linesBefore) throws IOException {
    this.rows = parser(text, separator);
    this.linesBefore = linesBefore;
  }

  private static CsvParser parser(Reader text, char separator) throws IOException {
    CsvParser parser = CSV.createParser(text);
    parser.setSchema(CsvSchema.emptySchema().withColumnSeparator(separator));
    return parser;
  }

  /**
   * Opens a file. Its separator is the one of comma, semicolon and tab with which the first row
   * suits best, the former of two that suit equally well.
   *
   * @param suits how well fields look like a first row, the higher the better
   * @throws CsvException where it begins with UTF-16 without a byte order mark
   */
  public static CsvReader open(Path file, ToIntFunction<List<String>> suits) throws IOException {
    BufferedReader text = CsvText.open(file);
    try {
      String head = head(text);
      Matcher told = TOLD.matcher(head);
      if (told.lookingAt()) {
        text.readLine();
        return new CsvReader(text, told.group(1).charAt(0), 1);
      }
      char best = SEPARATORS.charAt(0);
      int most = Integer.MIN_VALUE;
      for (int i = 0; i < SEPARATORS.length(); i++) {
        char separator = SEPARATORS.charAt(i);
        int fitness = suits.applyAsInt(firstRow(head, separator));
        if (fitness > most) {
          most = fitness;
          best = separator;
        }
      }
      return new CsvReader(text, best, 0);
    } catch (IOException e) {
      text.close();
      throw e;
    }
  }

  private static String head(BufferedReader text) throws IOException {
    char[] head = new char[HEAD];
    text.mark(HEAD);
    int length = 0;
    for (int read = 0; read >= 0 && length < HEAD; read = text.read(head, length, HEAD - length)) {
      length += read;
    }
    text.reset();
    return new String(head, 0, length);
  }

  private static List<String> firstRow(String head, char separator) throws IOException {
    try (CsvReader reader = new CsvReader(new StringReader(head), separator, 0)) {
      return reader.next().map(CsvRow::fields).orElse(List.of());
    } catch (CsvException e) {
      return List.of();
    }
  }

  /**
   * The next row, or empty at the end. After an exception the end is found.
   *
   * @throws CsvException where quotes are wrong
   */
  public Optional<CsvRow> next() throws IOException {
    while (!ended && rows.nextToken() == JsonToken.START_ARRAY) {
      long line = linesBefore + (long) rows.currentLocation().getLineNr();
      ended = true;
      CsvRow row = new CsvRow(line, fields(line));
      ended = false;
      if (!row.isBlank()) {
        return Optional.of(row);
      }
    }
    ended = true;
    return Optional.empty();
  }

  private List<String> fields(long line) throws IOException {
    List<String> fields = new ArrayList<>();
    try {
      while (rows.nextToken() != JsonToken.END_ARRAY) {
        fields.add(rows.getText());
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw new CsvException("line %d: %s".formatted(line, e.getOriginalMessage()), e);
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
