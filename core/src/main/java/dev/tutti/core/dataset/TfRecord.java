package dev.tutti.core.dataset;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * One record of a TFRecord file.
 *
 * @param file the file
 * @param index the number of the record in the file, from 0
 * @param offset the byte at which it starts, its length first
 * @param data its content
 */
record TfRecord(Path file, long index, long offset, ByteBuffer data) {
  /** The exception that says what is wrong with this record. */
  DatasetException broken(String reason) {
    return broken(file, index, offset, reason);
  }

  static DatasetException broken(Path file, long index, long offset, String reason) {
    return new DatasetException(
        "%s: record %d at byte offset %d: %s".formatted(file, index, offset, reason));
  }
}
