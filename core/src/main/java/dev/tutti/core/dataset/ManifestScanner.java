package dev.tutti.core.dataset;

import dev.tutti.core.csv.CsvException;
import dev.tutti.core.csv.CsvReader;
import dev.tutti.core.csv.CsvRow;
import dev.tutti.core.file.FileFailures;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the notes of a CSV manifest, which names a file and its family in each row. Where the first
 * row names columns, they are found by name, in any order, and others are ignored (see {@link
 * ManifestColumns}); else they are {@code path,family[,pitch[,velocity]]}. See {@link CsvReader}
 * for the text. A path is taken from the manifest's folder on and is the note's id. Pitch and
 * velocity may be written as {@code 60.0} and may be missing, also as {@code nan}, {@code NA} and
 * the like.
 */
final class ManifestScanner implements NoteScanner {
  /** As pandas, R, spreadsheets and databases write that there is no value. */
  private static final Set<String> MISSING =
      Set.of("", "nan", "na", "n/a", "#n/a", "<na>", "null", "none");

  private final Path manifest;
  private final CsvReader rows;
  private ManifestColumns columns;
  private long line = 1;
  private boolean ended;

  ManifestScanner(Path manifest) throws DatasetException {
    this.manifest = manifest;
    try {
      rows = CsvReader.open(manifest, ManifestColumns::fitness);
    } catch (CsvException e) {
      throw new DatasetException("%s %s".formatted(manifest, e.getMessage()), e);
    } catch (CharacterCodingException e) {
      throw notUtf8(e);
    } catch (IOException e) {
      throw new DatasetException("%s cannot be opened: %s".formatted(manifest, e), e);
    }
  }

  @Override
  public Optional<Note> next() throws DatasetException {
    Optional<CsvRow> row = row();
    if (row.isPresent() && columns == null) {
      if (ManifestColumns.isHeader(row.get().fields())) {
        columns = named(row.get().fields());
        row = row();
      } else {
        columns = ManifestColumns.inOrder();
      }
    }
    return row.isPresent() ? Optional.of(note(row.get().fields())) : Optional.empty();
  }

  private Optional<CsvRow> row() throws DatasetException {
    if (ended) {
      return Optional.empty();
    }
    ended = true;
    try {
      Optional<CsvRow> row = rows.next();
      line = row.map(CsvRow::line).orElse(line);
      ended = row.isEmpty();
      return row;
    } catch (CsvException e) {
      throw new DatasetException("%s: %s".formatted(manifest, e.getMessage()), e);
    } catch (CharacterCodingException e) {
      throw notUtf8(e);
    } catch (IOException e) {
      throw new DatasetException(
          broken("cannot be read: " + FileFailures.reason(e)).getMessage(), e);
    }
  }

  private ManifestColumns named(List<String> header) throws DatasetException {
    try {
      return ManifestColumns.named(header);
    } catch (IllegalArgumentException e) {
      // Nothing can be made of the rows below.
      ended = true;
      throw broken(e.getMessage());
    }
  }

  private Note note(List<String> row) throws DatasetException {
    String path = columns.path(row);
    if (path.isEmpty() || columns.family(row).isEmpty()) {
      throw broken(
          "path,family[,pitch[,velocity]] was expected; here is no "
              + (path.isEmpty() ? "path" : "family"));
    }
    return new Note(
        path,
        family(columns.family(row)),
        midi(columns.pitch(row), "pitch"),
        midi(columns.velocity(row), "velocity"),
        new AudioFile(resolve(path), ""));
  }

  private InstrumentFamily family(String name) throws DatasetException {
    Optional<InstrumentFamily> family =
        columns.familyNumbers() && isNumber(name)
            ? InstrumentFamily.ofNsynthId(number(name, "instrument family"))
            : InstrumentFamily.ofLabel(name);
    return family.orElseThrow(
        () ->
            broken(
                "unknown instrument family '%s'; accepted are %s"
                    .formatted(name, List.of(InstrumentFamily.values()))));
  }

  private Path resolve(String path) throws DatasetException {
    try {
      return manifest.resolveSibling(path);
    } catch (InvalidPathException e) {
      throw broken("'%s' is no path: %s".formatted(path, e.getReason()));
    }
  }

  private OptionalInt midi(String text, String name) throws DatasetException {
    return MISSING.contains(text.toLowerCase(Locale.ROOT))
        ? OptionalInt.empty()
        : OptionalInt.of(number(text, name));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && Character.isDigit(text.charAt(0));
  }

  /** A whole number, though it may be written as another; the comma is a decimal one. */
  private int number(String text, String name) throws DatasetException {
    try {
      return new BigDecimal(text.replace(',', '.')).intValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw broken("the %s '%s' is no whole number".formatted(name, text));
    }
  }

  private DatasetException notUtf8(CharacterCodingException cause) {
    return new DatasetException(
        "%s cannot be read as UTF-8, nor has it the byte order mark of UTF-16: save it as UTF-8"
            .formatted(manifest),
        cause);
  }

  private DatasetException broken(String reason) {
    return new DatasetException("%s: line %d: %s".formatted(manifest, line, reason));
  }

  @Override
  public String sought() {
    return "rows of path,family[,pitch[,velocity]]";
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
