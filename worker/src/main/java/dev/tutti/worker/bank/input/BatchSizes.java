package dev.tutti.worker.bank.input;

import java.util.List;

/**
 * The batch sizes that the graph is run with. Each new size costs a compilation the first time, so
 * there are few, and a batch is filled up to the next one.
 *
 * @param sizes ascending, each 1..{@value #LIMIT}
 */
public record BatchSizes(List<Integer> sizes) {
  private static final int LIMIT = 256;

  /** Checks the sizes. */
  public BatchSizes {
    sizes = List.copyOf(sizes);
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("at least one batch size is needed");
    }
    int last = 0;
    for (int size : sizes) {
      if (size <= last || size > LIMIT) {
        throw new IllegalArgumentException(
            "batch sizes must ascend and lie in 1..%d: %s".formatted(LIMIT, sizes));
      }
      last = size;
    }
  }

  /** These sizes. */
  public static BatchSizes of(Integer... sizes) {
    return new BatchSizes(List.of(sizes));
  }

  /** The most rows of one batch. */
  public int largest() {
    return sizes.get(sizes.size() - 1);
  }

  /**
   * The smallest size that holds a batch.
   *
   * @throws InvalidBatchException unless there are 1..{@link #largest()} rows
   */
  public int bucketFor(int rows) {
    for (int size : sizes) {
      if (rows >= 1 && rows <= size) {
        return size;
      }
    }
    throw new InvalidBatchException(
        "a batch has 1..%d rows, this one has %d".formatted(largest(), rows));
  }
}
