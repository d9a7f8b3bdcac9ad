package dev.tutti.core.dataset;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;

/**
 * A data set read note by note, in its own order. Memory is constant whatever the size of the data
 * set. For one thread.
 */
public interface SampleSource extends Closeable {
  /**
   * The next note, or empty at the end.
   *
   * @throws DatasetException where the data set is broken; the next call goes on behind what was
   *     broken, or finds the end
   * @throws EmptyDatasetException instead of the end, once, where there was no sound note at all
   */
  Optional<LabeledClip> next() throws DatasetException;

  /**
   * What looks like notes of the data set and is none, such as folders of audio that are named as
   * no family.
   */
  default List<String> passedOver() throws DatasetException {
    return List.of();
  }
}
