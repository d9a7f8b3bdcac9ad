package dev.tutti.worker.training.data;

import dev.tutti.core.dataset.DatasetException;
import dev.tutti.core.dataset.Note;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The notes of data sets, projected and held in memory: 48 KB a note. */
public final class TrainingNotes {
  private static final int SAMPLES = 64_000;
  private static final int MOST_A_FAMILY = 5_000;

  private final List<BandNote> notes;

  private TrainingNotes(List<BandNote> notes) {
    this.notes = notes;
  }

  /**
   * Reads a data set.
   *
   * @param excluded notes that are left out
   * @throws DatasetException where a note cannot be read
   */
  public static TrainingNotes read(Path path, ExcludedNotes excluded, BandProjection projection)
      throws DatasetException {
    SpectrogramExtractor extractor = new SpectrogramExtractor(StftParameters.nsynth());
    List<Note> all = new ArrayList<>();
    for (Note note : notes(path, MOST_A_FAMILY)) {
      if (!excluded.contains(note)) {
        all.add(note);
      }
    }
    try {
      return new TrainingNotes(
          all.parallelStream().map(note -> project(note, extractor, projection)).toList());
    } catch (UncheckedIOException e) {
      throw new DatasetException(e.getCause().getMessage(), e);
    }
  }

  /**
   * Reads the whole spectrograms of a data set.
   *
   * @param excluded notes that are left out
   * @param notesPerFamily at most
   */
  public static TrainingNotes whole(Path path, ExcludedNotes excluded, int notesPerFamily)
      throws DatasetException {
    SpectrogramExtractor extractor = new SpectrogramExtractor(StftParameters.nsynth());
    List<BandNote> all = new ArrayList<>();
    for (Note note : notes(path, notesPerFamily)) {
      if (!excluded.contains(note)) {
        float[] levels = spectrogram(note, extractor).values();
        all.add(
            new BandNote(note.family(), instrument(note.id()), levels, BandNote.highest(levels)));
      }
    }
    return new TrainingNotes(all);
  }

  /** The notes of a data set, family by family. */
  static List<Note> notes(Path path, int notesPerFamily) throws DatasetException {
    NoteLibrary library = NoteLibrary.open(path, notesPerFamily);
    List<Note> all = new ArrayList<>();
    library.families().forEach(family -> all.addAll(library.notes(family)));
    return all;
  }

  private static Spectrogram spectrogram(Note note, SpectrogramExtractor extractor)
      throws DatasetException {
    return extractor.extract(
        note.audio().resample(extractor.parameters().sampleRate()).fit(SAMPLES));
  }

  private static BandNote project(
      Note note, SpectrogramExtractor extractor, BandProjection projection) {
    try {
      return new BandNote(
          note.family(), instrument(note.id()), spectrogram(note, extractor), projection);
    } catch (DatasetException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What plays a note. NSynth names its notes INSTRUMENT-PITCH-VELOCITY; of rendered notes the bank
   * is left out, since variations of a program are mostly made of the same samples.
   */
  static String instrument(String id) {
    return name(id).replaceFirst("-\\d+-\\d+$", "").replaceFirst("-b\\d+(?=-p\\d+$)", "");
  }

  /** An id without the ending that it has where it is a file's path. */
  static String name(String id) {
    return id.replaceFirst("\\.[A-Za-z0-9]+$", "");
  }

  public int size() {
    return notes.size();
  }

  public List<BandNote> all() {
    return notes;
  }

  /** The notes of each family whose instruments are chosen, in the order of the families. */
  public static List<List<BandNote>> byFamily(
      FamilySet families, List<TrainingNotes> sets, Predicate<BandNote> chosen) {
    List<List<BandNote>> lists = new ArrayList<>();
    for (InstrumentFamily family : families) {
      lists.add(
          sets.stream()
              .flatMap(set -> set.notes.stream())
              .filter(note -> note.family() == family && chosen.test(note))
              .toList());
    }
    return lists;
  }
}
