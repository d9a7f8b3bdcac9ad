package dev.tutti.worker.training.data;

import dev.tutti.core.dataset.DatasetException;
import dev.tutti.core.dataset.Note;
import dev.tutti.core.label.InstrumentFamily;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notes that must not be trained on, as somebody will hear how they are recognized. A note that
 * plays the same program at the same pitch is excluded too, whatever its sound font, velocity and
 * length: it may well be the same sample.
 */
public final class ExcludedNotes {
  private static final Pattern RENDERED =
      Pattern.compile(".*[_-]p(?<program>\\d{1,3})-(?<pitch>\\d{1,3})-\\d{1,3}");
  private static final Pattern NSYNTH = Pattern.compile("(?<instrument>.*-\\d+)-\\d{1,3}");

  private final Set<Key> keys = new HashSet<>();

  /** What plays at which pitch. */
  private record Key(InstrumentFamily family, String played) {}

  /**
   * Reads which notes the data sets name.
   *
   * @param paths data sets of any kind
   */
  public static ExcludedNotes of(List<Path> paths) throws DatasetException {
    ExcludedNotes excluded = new ExcludedNotes();
    for (Path path : paths) {
      TrainingNotes.notes(path, Integer.MAX_VALUE).forEach(note -> excluded.keys.add(key(note)));
    }
    return excluded;
  }

  boolean contains(Note note) {
    return keys.contains(key(note));
  }

  private static Key key(Note note) {
    return new Key(note.family(), played(note.id()));
  }

  /**
   * Program and pitch of a rendered note, instrument and pitch of NSynth's INSTRUMENT-PITCH-
   * VELOCITY, else the name.
   */
  static String played(String id) {
    String name = TrainingNotes.name(id);
    Matcher rendered = RENDERED.matcher(name);
    if (rendered.matches()) {
      return "program %d pitch %d"
          .formatted(
              Integer.parseInt(rendered.group("program")),
              Integer.parseInt(rendered.group("pitch")));
    }
    Matcher nsynth = NSYNTH.matcher(name);
    return nsynth.matches() ? nsynth.group("instrument") : name;
  }
}
