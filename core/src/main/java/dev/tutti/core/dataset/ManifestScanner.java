package dev.tutti.core.dataset;

import dev.tutti.core.label.InstrumentFamily;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Finds the notes of a CSV manifest: {@code path,family[,pitch[,velocity]]} a line, in UTF-8, with
 * or without these names as the first line. A path is taken from the manifest's folder on and is
 * the note's id; one with a comma stands in double quotes. Empty lines and those that start with #
 * are skipped.
 */
final class ManifestScanner implements NoteScanner {
  private final Path manifest;
  private final BufferedReader lines;
  private long number;
  private boolean ended;

  ManifestScanner(Path manifest) throws DatasetException {
    this.manifest = manifest;
    try {
      lines = Files.newBufferedReader(manifest);
    } catch (IOException e) {
      throw new DatasetException("%s cannot be opened: %s".formatted(manifest, e), e);
    }
  }

  @Override
  public Optional<Note> next() throws DatasetException {
    for (String line = readLine(); line != null; line = readLine()) {
      boolean header = number == 1 && line.startsWith("path,");
      if (!line.isBlank() && !line.startsWith("#") && !header) {
        return Optional.of(note(CsvLine.split(line)));
      }
    }
    return Optional.empty();
  }

  private String readLine() throws DatasetException {
    if (ended) {
      return null;
    }
    ended = true;
    try {
      number++;
      String line = lines.readLine();
      ended = line == null;
      return line;
    } catch (IOException e) {
      throw new DatasetException(broken("cannot be read as UTF-8: " + e).getMessage(), e);
    }
  }

  private Note note(List<String> fields) throws DatasetException {
    if (fields.size() < 2 || fields.get(0).isEmpty()) {
      throw broken("path,family[,pitch[,velocity]] was expected");
    }
    InstrumentFamily family =
        InstrumentFamily.ofLabel(fields.get(1))
            .orElseThrow(
                () ->
                    broken(
                        "unknown instrument family '%s'; accepted are %s"
                            .formatted(fields.get(1), List.of(InstrumentFamily.values()))));
    return new Note(
        fields.get(0),
        family,
        midi(fields, 2, "pitch"),
        midi(fields, 3, "velocity"),
        new AudioFile(resolve(fields.get(0)), ""));
  }

  private Path resolve(String path) throws DatasetException {
    try {
      return manifest.resolveSibling(path);
    } catch (InvalidPathException e) {
      throw broken("'%s' is no path: %s".formatted(path, e.getReason()));
    }
  }

  private OptionalInt midi(List<String> fields, int column, String name) throws DatasetException {
    if (fields.size() <= column || fields.get(column).isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(fields.get(column)));
    } catch (NumberFormatException e) {
      throw broken("the %s '%s' is no whole number".formatted(name, fields.get(column)));
    }
  }

  private DatasetException broken(String reason) {
    return new DatasetException("%s: line %d: %s".formatted(manifest, number, reason));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
