package dev.tutti.core.dataset;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The notes from which mixtures are made: the first N of each family in a data set's order. Holds
 * where each note's audio can be read, never the audio. Immutable; safe for any number of threads.
 */
public final class NoteLibrary {
  private final Map<InstrumentFamily, List<Note>> byFamily = new EnumMap<>(InstrumentFamily.class);
  private final Map<String, Note> byId = new HashMap<>();
  private final FamilySet families;

  private NoteLibrary(NoteScanner scanner, Path path, int notesPerFamily) throws DatasetException {
    int full = 0;
    // A data set may be far larger than what is wanted of it: stop once every family is full.
    while (full < InstrumentFamily.values().length) {
      Optional<Note> next = scanner.next();
      if (next.isEmpty()) {
        break;
      }
      Note note = next.get();
      List<Note> notes = byFamily.computeIfAbsent(note.family(), family -> new ArrayList<>());
      if (notes.size() < notesPerFamily) {
        if (byId.putIfAbsent(note.id(), note) != null) {
          throw new DatasetException("%s: two notes have the id '%s'".formatted(path, note.id()));
        }
        notes.add(note);
        full += notes.size() == notesPerFamily ? 1 : 0;
      }
    }
    byFamily.replaceAll((family, notes) -> List.copyOf(notes));
    families = FamilySet.of(byFamily.keySet());
  }

  /**
   * Indexes a data set.
   *
   * @param path a TFRecord file, a folder of TFRecord files (NSynth's release or TensorFlow
   *     Datasets), a folder with NSynth's {@code examples.json} and {@code audio/} or of several
   *     such folders, a folder with one folder of WAV and FLAC files a family, or a CSV manifest
   *     {@code path,family[,pitch[,velocity]]}. Splits come in the order valid, test, train
   * @param notesPerFamily how many notes to keep of each family at most, at least 1
   * @throws DatasetException where there is no such data set or it is broken
   * @throws IllegalArgumentException where {@code notesPerFamily} is less than 1
   */
  public static NoteLibrary open(Path path, int notesPerFamily) throws DatasetException {
    if (notesPerFamily < 1) {
      throw new IllegalArgumentException(
          "notesPerFamily is %d; at least 1 is needed".formatted(notesPerFamily));
    }
    try (NoteScanner scanner = DatasetLayout.open(path)) {
      return new NoteLibrary(scanner, path, notesPerFamily);
    } catch (DatasetException e) {
      throw e;
    } catch (IOException e) {
      throw new DatasetException("%s cannot be closed: %s".formatted(path, e), e);
    }
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
