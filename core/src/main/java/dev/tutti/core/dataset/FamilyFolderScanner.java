package dev.tutti.core.dataset;

import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the notes of a folder with one folder a family, named as the family: every audio file below
 * it, in the order of their paths. A note's id is its path from the folder on, without the ending;
 * pitch and velocity are read from names that end as NSynth's do, {@code -060-100}. Other folders
 * and files are left alone.
 */
final class FamilyFolderScanner implements NoteScanner {
  private static final Pattern PITCH_AND_VELOCITY = Pattern.compile(".*-(\\d{3})-(\\d{3})");

  private final Path folder;
  private final Iterator<InstrumentFamily> families = List.of(InstrumentFamily.values()).iterator();
  private InstrumentFamily family;
  private Iterator<Path> files = List.<Path>of().iterator();

  FamilyFolderScanner(Path folder) {
    this.folder = folder;
  }

  /** Whether a folder has a folder of any family. */
  static boolean fits(Path folder) {
    return Stream.of(InstrumentFamily.values())
        .anyMatch(family -> Files.isDirectory(folder.resolve(family.label())));
  }

  @Override
  public Optional<Note> next() throws DatasetException {
    while (!files.hasNext()) {
      if (!families.hasNext()) {
        return Optional.empty();
      }
      family = families.next();
      files = audioFiles(folder.resolve(family.label())).iterator();
    }
    return Optional.of(note(files.next()));
  }

  private Note note(Path file) {
    String path = folder.relativize(file).toString().replace('\\', '/');
    String id = path.substring(0, path.lastIndexOf('.'));
    Matcher name = PITCH_AND_VELOCITY.matcher(id);
    boolean known = name.matches();
    return new Note(
        id,
        family,
        known ? OptionalInt.of(Integer.parseInt(name.group(1))) : OptionalInt.empty(),
        known ? OptionalInt.of(Integer.parseInt(name.group(2))) : OptionalInt.empty(),
        new AudioFile(file, ""));
  }

  private static List<Path> audioFiles(Path folder) throws DatasetException {
    if (!Files.isDirectory(folder)) {
      return new ArrayList<>();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).filter(AudioFile::isNamedAsAudio).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new DatasetException("%s cannot be listed: %s".formatted(folder, e), e);
    }
  }

  @Override
  public void close() {
    // Nothing stays open between notes.
  }
}
