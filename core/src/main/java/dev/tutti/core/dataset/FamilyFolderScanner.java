package dev.tutti.core.dataset;

import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
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
 * it, in the order of their paths, symbolic links followed. A note's id is its path from the folder
 * on, without the ending; pitch and velocity are read from names that end as NSynth's do, {@code
 * -060-100}. Other folders and files are passed over.
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

  /** Whether a folder has a folder of any family, or a link that once led to one. */
  static boolean fits(Path folder) {
    return Stream.of(InstrumentFamily.values())
        .map(family -> folder.resolve(family.label()))
        .anyMatch(path -> Files.isDirectory(path) || FileTree.isLost(path));
  }

  @Override
  public Optional<Note> next() throws DatasetException {
    while (!files.hasNext()) {
      if (!families.hasNext()) {
        return Optional.empty();
      }
      family = families.next();
      files = FileTree.audioFiles(folder.resolve(family.label()), folder).iterator();
    }
    return Optional.of(note(files.next()));
  }

  private Note note(Path file) throws DatasetException {
    if (FileTree.isLost(file)) {
      throw new DatasetException("%s is a symbolic link that leads nowhere".formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw new DatasetException("%s cannot be listed".formatted(file));
    }
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

  @Override
  public String sought() {
    return "audio files (%s) below folders named %s"
        .formatted(
            String.join(", ", AudioFile.endings()),
            String.join(
                ", ", Stream.of(InstrumentFamily.values()).map(InstrumentFamily::label).toList()));
  }

  /** Folders with audio that are named as no family, and audio that lies in no folder. */
  @Override
  public List<String> passedOver() throws DatasetException {
    List<String> others = new ArrayList<>();
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.filter(c -> !ScatteredFiles.contain(c)).sorted().toList()) {
        String name = child.getFileName().toString();
        if (InstrumentFamily.ofLabel(name).isEmpty()) {
          int count = FileTree.audioFiles(child, folder).size();
          if (count > 0) {
            others.add(
                Files.isDirectory(child) ? "%s/ (audio files: %d)".formatted(name, count) : name);
          }
        }
      }
    } catch (IOException e) {
      throw new DatasetException("%s cannot be listed: %s".formatted(folder, e), e);
    }
    return others;
  }

  @Override
  public void close() {
    // Nothing stays open between notes.
  }
}
