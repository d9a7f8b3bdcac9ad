package dev.tutti.core.dataset;

import java.nio.file.Path;
import java.util.Optional;

/** Finds the notes of a TFRecord file. */
final class TfRecordScanner implements NoteScanner {
  private final TfRecordReader reader;

  TfRecordScanner(Path file) throws DatasetException {
    reader = new TfRecordReader(file);
  }

  @Override
  public Optional<Note> next() throws DatasetException {
    Optional<TfRecord> record = reader.next();
    if (record.isEmpty()) {
      return Optional.empty();
    }
    NsynthRecord note = new NsynthRecord(record.get());
    Note found = note.note();
    // The record is in memory anyway: broken audio is reported now rather than when it is used.
    note.audio();
    return Optional.of(found);
  }

  @Override
  public String sought() {
    return "TFRecord records of NSynth";
  }

  @Override
  public void close() throws DatasetException {
    reader.close();
  }
}
