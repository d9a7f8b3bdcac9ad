package dev.tutti.core.dataset;

import dev.tutti.core.file.FileFailures;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the notes of a folder with one folder a family, named as the family: every audio file below
 * it, in the order of their paths, symbolic links followed. Capitals do not matter, and a space or
 * hyphen stands for an underscore: {@code Synth Lead} is {@code synth_lead}. A note's id is its
 * path from the folder on, without the ending; pitch and velocity are read from names that end as
 * NSynth's do, {@code -060-100}. Other folders and files are passed over.
 */
final class FamilyFolderScanner implements NoteScanner {
  private static final Pattern PITCH_AND_VELOCITY = Pattern.compile(".*-(\\d{3})-(\\d{3})");

  private final Path folder;
  private final Iterator<InstrumentFamily> families = List.of(InstrumentFamily.values()).iterator();

  /** Listed when the first note is wanted. */
  private Map<InstrumentFamily, List<Path>> folders = Map.of();

  private InstrumentFamily family;
  private Iterator<Path> files = List.<Path>of().iterator();

  FamilyFolderScanner(Path folder) {
    this.folder = folder;
  }

  /** Whether a folder has a folder of any family, or a link that once led to one. */
  static boolean fits(Path folder) throws DatasetException {
    return children(folder).stream()
        .filter(child -> family(child).isPresent())
        .anyMatch(child -> Files.isDirectory(child) || FileTree.isLost(child));
  }

  /** The family that a folder is named as, however it is written. */
  private static Optional<InstrumentFamily> family(Path folder) {
    String name = folder.getFileName().toString().toLowerCase(Locale.ROOT);
    return InstrumentFamily.ofLabel(name.replace(' ', '_').replace('-', '_'));
  }

  private static List<Path> children(Path folder) throws DatasetException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(child -> !ScatteredFiles.contain(child)).sorted().toList();
    } catch (IOException e) {
      throw new DatasetException(
          "%s cannot be listed: %s".formatted(folder, FileFailures.reason(e)), e);
    }
  }

  @Override
  public Optional<Note> next() throws DatasetException {
    while (!files.hasNext()) {
      if (!families.hasNext()) {
        return Optional.empty();
      }
      if (folders.isEmpty()) {
        folders =
            children(folder).stream()
                .filter(child -> family(child).isPresent())
                .collect(Collectors.groupingBy(child -> family(child).orElseThrow()));
      }
      family = families.next();
      files = FileTree.audioFiles(folders.getOrDefault(family, List.of()), folder).iterator();
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
    for (Path child : children(folder)) {
      if (family(child).isEmpty()) {
        int count = FileTree.audioFiles(List.of(child), folder).size();
        String name = child.getFileName().toString();
        if (count > 0) {
          others.add(
              Files.isDirectory(child) ? "%s/ (audio files: %d)".formatted(name, count) : name);
        }
      }
    }
    return others;
  }

  @Override
  public void close() {
    // Nothing stays open between notes.
  }
}
