package dev.tutti.core.dataset;

import java.util.List;
import java.util.OptionalLong;

/**
 * Which notes of a data set are kept.
 *
 * @param notesPerFamily how many of each family at most, at least 1
 * @param splits words in the names of files or folders, in the order in which these are read; those
 *     that have none of them come last
 * @param seed empty for the first notes of the data set's order; else notes are taken split by
 *     split in an order that depends on the seed: that of {@code mix(seed + hash(id))} as unsigned
 *     numbers, with SplitMix64's mix and the 64-bit FNV-1a hash of the id's UTF-8
 */
public record NoteSelection(int notesPerFamily, List<String> splits, OptionalLong seed) {
  private static final List<String> SPLITS = List.of("valid", "test", "train");

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException where {@code notesPerFamily} is less than 1
   */
  public NoteSelection {
    if (notesPerFamily < 1) {
      throw new IllegalArgumentException(
          "notesPerFamily is %d; at least 1 is needed".formatted(notesPerFamily));
    }
    splits = List.copyOf(splits);
  }

  /** The first notes of each family, of the splits valid, test, train in this order. */
  public static NoteSelection first(int notesPerFamily) {
    return new NoteSelection(notesPerFamily, SPLITS, OptionalLong.empty());
  }

  /** Notes at random, of the splits valid, test, train in this order. */
  public static NoteSelection random(int notesPerFamily, long seed) {
    return new NoteSelection(notesPerFamily, SPLITS, OptionalLong.of(seed));
  }

  /** Where a split's name stands among the splits; their number where it is none of them. */
  int rank(String name) {
    for (int rank = 0; rank < splits.size(); rank++) {
      if (name.contains(splits.get(rank))) {
        return rank;
      }
    }
    return splits.size();
  }
}
