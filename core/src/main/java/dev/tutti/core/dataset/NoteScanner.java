package dev.tutti.core.dataset;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;

/** Finds the notes of a data set one by one without keeping their audio. For one thread. */
interface NoteScanner extends Closeable {
  /**
   * The next note, or empty at the end. After an exception the next call goes on behind what was
   * broken, or finds the end; so calling often enough always ends.
   */
  Optional<Note> next() throws DatasetException;

  /** What notes look like in this layout, for the message where there is none. */
  String sought();

  /** What looks like notes of the data set and is none, for the reader to know. */
  default List<String> passedOver() throws DatasetException {
    return List.of();
  }
}
