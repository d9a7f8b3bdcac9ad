package dev.tutti.core.dataset;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The notes from which mixtures are made: up to N of each family. Holds where each note's audio can
 * be read, never the audio. Immutable; safe for any number of threads.
 */
public final class NoteLibrary {
  private final Map<InstrumentFamily, List<Note>> byFamily = new EnumMap<>(InstrumentFamily.class);
  private final Map<String, Note> byId = new HashMap<>();
  private final FamilySet families;

  private NoteLibrary(Map<InstrumentFamily, List<Note>> notes, Path path) throws DatasetException {
    notes.forEach((family, some) -> byFamily.put(family, List.copyOf(some)));
    for (List<Note> some : byFamily.values()) {
      for (Note note : some) {
        if (byId.putIfAbsent(note.id(), note) != null) {
          throw new DatasetException("%s: two notes have the id '%s'".formatted(path, note.id()));
        }
      }
    }
    families = FamilySet.of(byFamily.keySet());
  }

  /**
   * Indexes a data set.
   *
   * @param path a TFRecord file, a folder of TFRecord files (NSynth's release or TensorFlow
   *     Datasets), a folder with NSynth's {@code examples.json} and {@code audio/} or of several
   *     such folders, a folder with one folder of audio files a family, or a CSV manifest with
   *     columns named {@code path} and {@code family}. Splits come in the order valid, test, train
   * @param notesPerFamily how many notes to keep of each family at most, at least 1
   * @throws DatasetException where there is no such data set, it is broken, or holds no note
   * @throws IllegalArgumentException where {@code notesPerFamily} is less than 1
   */
  public static NoteLibrary open(Path path, int notesPerFamily) throws DatasetException {
    return open(path, NoteSelection.first(notesPerFamily), Optional.empty());
  }

  /**
   * Indexes a data set, as {@link #open(Path, int)}.
   *
   * @param selection which notes to keep
   * @param onBroken where present, what is broken is left out and told here rather than thrown
   * @throws DatasetException where there is no such data set, it is broken and {@code onBroken} is
   *     empty, or no note is left
   */
  public static NoteLibrary open(
      Path path, NoteSelection selection, Optional<Consumer<DatasetException>> onBroken)
      throws DatasetException {
    try (NoteScanner scanner = DatasetLayout.open(path, selection)) {
      NoteScanner notes = onBroken.<NoteScanner>map(to -> skipping(scanner, to)).orElse(scanner);
      NotePicker picker = new NotePicker(selection);
      for (Optional<Note> note = notes.next();
          note.isPresent() && !picker.add(note.get());
          note = notes.next()) {}
      NoteLibrary library = new NoteLibrary(picker.notes(), path);
      if (library.size() == 0) {
        throw new EmptyDatasetException(path, scanner.sought());
      }
      return library;
    } catch (DatasetException e) {
      throw e;
    } catch (IOException e) {
      throw new DatasetException("%s cannot be closed: %s".formatted(path, e), e);
    }
  }

  private static NoteScanner skipping(NoteScanner scanner, Consumer<DatasetException> onBroken) {
    return new NoteScanner() {
      @Override
      public String sought() {
        return scanner.sought();
      }

      @Override
      public Optional<Note> next() {
        while (true) {
          try {
            return scanner.next();
          } catch (DatasetException e) {
            onBroken.accept(e);
          }
        }
      }

      @Override
      public void close() throws IOException {
        scanner.close();
      }
    };
  }

  /** The families that have notes. */
  public FamilySet families() {
    return families;
  }

  /** The notes of a family in the data set's order; empty where it has none. */
  public List<Note> notes(InstrumentFamily family) {
    return byFamily.getOrDefault(family, List.of());
  }

  /** The note with an id, or empty where there is none. */
  public Optional<Note> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** How many notes in all. */
  public int size() {
    return byId.size();
  }
}
