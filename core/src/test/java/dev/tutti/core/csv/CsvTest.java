package dev.tutti.core.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Files of separated values as many programs write them. */
class CsvTest {
  @Property(tries = 300)
  void whatIsWrittenIsRead(
      @ForAll @Size(min = 1, max = 5)
          List<
                  @Size(min = 2, max = 4) List<
                      @StringLength(max = 5) @NotEmpty @CharRange(from = 'a', to = 'c')
                      @Chars({',', '"', '\n', '\r', ';', '\t', '#', '\u00e4'}) String>>
              rows)
      throws IOException {
    Path file = Files.createTempFile("rows", ".csv");
    try {
      try (CsvWriter writer = new CsvWriter(file)) {
        for (List<String> row : rows) {
          List<String> cells = new ArrayList<>(row);
          // A comment is what starts with #; and a tab at an end is a space around a field.
          cells.replaceAll(cell -> "x" + cell + "x");
          writer.row(cells);
        }
      }
      List<List<String>> wanted =
          rows.stream().map(row -> row.stream().map(cell -> "x" + cell + "x").toList()).toList();
      assertEquals(wanted, read(file, row -> 0).stream().map(CsvRow::fields).toList());
    } finally {
      Files.delete(file);
    }
  }

  @Example
  void whatIsWrittenIsPlainWhereItCanBe() throws IOException {
    Path file = Files.createTempFile("rows", ".csv");
    try (CsvWriter writer = new CsvWriter(file)) {
      writer.row("True Labels", "1 0 0 1", "a".repeat(70));
      writer.row(1, 2.5, null);
      writer.row("a,b", "say \"x\"", "two\nlines", "old\rmac");
    }
    assertEquals(
        "True Labels,1 0 0 1,"
            + "a".repeat(70)
            + "\n1,2.5,\n\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\"old\rmac\"\n",
        Files.readString(file));
    Files.delete(file);
  }

  @Example
  void linesAreCountedThroughCommentsEmptyRowsAndLineBreaksInFields() throws IOException {
    List<CsvRow> rows =
        read("a,b\r\n\r\n# c,d\r\n \"x, \"\"y\"\"\r\nz\" , q\r\n,,\r\n  \r\nlast,one", "UTF-8");
    assertEquals(
        List.of(
            new CsvRow(1, List.of("a", "b")),
            new CsvRow(4, List.of("x, \"y\"\r\nz", "q")),
            new CsvRow(8, List.of("last", "one"))),
        rows);
  }

  @Example
  void theSeparatorIsTheOneThatSuits() throws IOException {
    for (String separator : List.of(",", ";", "\t")) {
      List<CsvRow> rows = read(String.join(separator, "a", "\"x" + separator + "\"", "c"), "UTF-8");
      assertEquals(List.of("a", "x" + separator, "c"), rows.get(0).fields());
    }
    List<CsvRow> told = read("sep=|\na|b\nc|d", "UTF-8");
    assertEquals(List.of("a", "b"), told.get(0).fields());
    assertEquals(3, told.get(1).line());
  }

  @Example
  void byteOrderMarksTellTheEncoding() throws IOException {
    for (String charset : List.of("UTF-8", "UTF-16LE", "UTF-16BE")) {
      List<CsvRow> rows = read("\ufeffFl\u00f6te,b\n", charset);
      assertEquals(List.of("Fl\u00f6te", "b"), rows.get(0).fields(), charset);
    }
    CsvException e = assertThrows(CsvException.class, () -> read("a,b\n", "UTF-16LE"));
    assertTrue(e.getMessage().contains("UTF-16 without a byte order mark"), e.getMessage());
    assertThrows(IOException.class, () -> read("Fl\u00f6te,b\n", "ISO-8859-1"));
  }

  @Example
  void wrongQuotesAreNamedWithTheirLineAndEndTheFile() throws IOException {
    for (String bad : List.of("c,\"d\ne,f", "c,\"d\"x\ne,f")) {
      Path file = Files.writeString(Files.createTempFile("rows", ".csv"), "a,b\n" + bad);
      try (CsvReader reader = CsvReader.open(file, List::size)) {
        assertTrue(reader.next().isPresent());
        CsvException e = assertThrows(CsvException.class, reader::next);
        assertTrue(e.getMessage().startsWith("line 2: "), e.getMessage());
        assertEquals(Optional.empty(), reader.next());
      }
      Files.delete(file);
    }
  }

  private static List<CsvRow> read(String text, String charset) throws IOException {
    Path file = Files.createTempFile("rows", ".csv");
    try {
      return read(Files.write(file, text.getBytes(Charset.forName(charset))), List::size);
    } finally {
      Files.delete(file);
    }
  }

  private static List<CsvRow> read(Path file, ToIntFunction<List<String>> suits)
      throws IOException {
    List<CsvRow> rows = new ArrayList<>();
    try (CsvReader reader = CsvReader.open(file, suits)) {
      for (Optional<CsvRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get());
      }
    }
    return rows;
  }
}
