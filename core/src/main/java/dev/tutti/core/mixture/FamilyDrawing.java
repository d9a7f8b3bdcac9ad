package dev.tutti.core.mixture;

import dev.tutti.core.label.InstrumentFamily;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Chooses the families of one mixture among candidates in id order, as {@link FamilyDraw} says. */
final class FamilyDrawing {
  /** Where the notebook puts vocal, as synth_lead has no model there. */
  private static final int NOTEBOOK_VOCAL_POSITION = 9;

  private final List<InstrumentFamily> candidates;
  private final int size;

  FamilyDrawing(List<InstrumentFamily> candidates, int size) {
    this.candidates = candidates;
    this.size = size;
  }

  /**
   * The families of number {@code inGroup} of its group.
   *
   * @throws IllegalArgumentException where there are too few candidates
   */
  List<InstrumentFamily> families(FamilyDraw draw, long inGroup, SplitMix64 random) {
    if (size > candidates.size()) {
      throw new IllegalArgumentException(
          "a mixture of %d families cannot be drawn from the %d with notes: %s"
              .formatted(size, candidates.size(), candidates));
    }
    return switch (draw) {
      case DISTINCT -> distinct(random);
      case EXHAUSTIVE -> combination(inGroup % combinations(candidates.size(), size));
      case NOTEBOOK -> notebook(random);
    };
  }

  private List<InstrumentFamily> distinct(SplitMix64 random) {
    List<InstrumentFamily> shuffled = new ArrayList<>(candidates);
    for (int j = 0; j < size; j++) {
      Collections.swap(shuffled, j, j + random.below(shuffled.size() - j));
    }
    return shuffled.subList(0, size).stream()
        .sorted(Comparator.comparingInt(InstrumentFamily::nsynthId))
        .toList();
  }

  /** The combination of a rank in lexicographic order (combinatorial number system). */
  private List<InstrumentFamily> combination(long rank) {
    List<InstrumentFamily> chosen = new ArrayList<>(size);
    long left = rank;
    for (int i = 0; chosen.size() < size; i++) {
      long withThis = combinations(candidates.size() - i - 1, size - chosen.size() - 1);
      if (left < withThis) {
        chosen.add(candidates.get(i));
      } else {
        left -= withThis;
      }
    }
    return chosen;
  }

  private List<InstrumentFamily> notebook(SplitMix64 random) {
    List<InstrumentFamily> drawn = new ArrayList<>(size);
    Set<Integer> barred = new HashSet<>();
    while (drawn.size() < size) {
      List<InstrumentFamily> open =
          candidates.stream().filter(family -> !barred.contains(family.nsynthId())).toList();
      InstrumentFamily family = open.get(random.below(open.size()));
      drawn.add(family);
      barred.add(Math.min(family.nsynthId(), NOTEBOOK_VOCAL_POSITION));
    }
    return drawn;
  }

  /** How many sets of {@code k} of {@code n}; n is small. */
  static long combinations(int n, int k) {
    long count = 1;
    for (int i = 1; i <= k; i++) {
      count = count * (n - k + i) / i;
    }
    return count;
  }
}
