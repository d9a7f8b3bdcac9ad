package dev.tutti.core.mixture;

/**
 * So many mixtures of one ensemble size.
 *
 * @param size notes a mixture, each of another family; 0 for noise
 * @param count mixtures of this size, at least 0
 */
public record GroupCount(int size, int count) {
  /**
   * Refuses negative numbers.
   *
   * @throws IllegalArgumentException where size or count is negative
   */
  public GroupCount {
    if (size < 0 || count < 0) {
      throw new IllegalArgumentException(
          "a group of %d mixtures of size %d; neither may be negative".formatted(count, size));
    }
  }
}
