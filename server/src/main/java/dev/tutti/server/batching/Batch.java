package dev.tutti.server.batching;

import dev.tutti.core.spectrogram.Spectrogram;
import java.util.List;
import java.util.Set;

/**
 * Samples that go to a worker together.
 *
 * @param rows one spectrogram a sample
 * @param requestIds the requests that they belong to, fewer than rows where one brought several
 */
public record Batch(List<Spectrogram> rows, Set<String> requestIds) {
  /** The samples from {@code from} on, up to {@code to}. */
  public Batch part(int from, int to) {
    return new Batch(rows.subList(from, to), requestIds);
  }

  /** How many samples. */
  public int size() {
    return rows.size();
  }
}
