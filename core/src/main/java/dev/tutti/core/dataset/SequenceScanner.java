package dev.tutti.core.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Finds the notes of several files or folders, one after the other, with one open at a time. */
final class SequenceScanner implements NoteScanner {
  /** Opens one file or folder. */
  @FunctionalInterface
  interface Opener {
    NoteScanner open(Path path) throws DatasetException;
  }

  private final Iterator<Path> paths;
  private final Opener opener;
  private final String sought;
  private NoteScanner current;

  /**
   * A scanner of several.
   *
   * @param sought see {@link NoteScanner#sought}
   */
  SequenceScanner(List<Path> paths, Opener opener, String sought) {
    this.paths = paths.iterator();
    this.opener = opener;
    this.sought = sought;
  }

  @Override
  public Optional<Note> next() throws DatasetException {
    while (true) {
      if (current == null) {
        if (!paths.hasNext()) {
          return Optional.empty();
        }
        current = opener.open(paths.next());
      }
      Optional<Note> note = current.next();
      if (note.isPresent()) {
        return note;
      }
      closeCurrent();
    }
  }

  private void closeCurrent() throws DatasetException {
    try {
      close();
    } catch (IOException e) {
      throw new DatasetException("a data set cannot be closed: " + e, e);
    }
  }

  @Override
  public String sought() {
    return sought;
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      NoteScanner finished = current;
      current = null;
      finished.close();
    }
  }
}
