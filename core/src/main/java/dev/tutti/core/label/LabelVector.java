package dev.tutti.core.label;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Which of a set's families are present: one bit a position.
 *
 * @param families what the positions mean
 * @param bits bit {@code p} is 1 where the family at position {@code p} is present; no bit at or
 *     above {@code families.size()} may be set
 */
public record LabelVector(FamilySet families, int bits) {
  /**
   * Checks the bits.
   *
   * @throws IllegalArgumentException where a bit stands beyond the last position
   */
  public LabelVector {
    Objects.requireNonNull(families, "families");
    if (bits >>> families.size() != 0) {
      throw new IllegalArgumentException(
          "label bits 0x%x reach beyond the %d families %s"
              .formatted(bits, families.size(), families));
    }
  }

  /**
   * The vector in which exactly the given families are present.
   *
   * @throws IllegalArgumentException naming a family that {@code families} lacks
   */
  public static LabelVector of(FamilySet families, Collection<InstrumentFamily> present) {
    int bits = 0;
    for (InstrumentFamily family : present) {
      int position = families.positionOf(family);
      if (position < 0) {
        throw new IllegalArgumentException(
            "family %s is not among the families %s".formatted(family, families));
      }
      bits |= 1 << position;
    }
    return new LabelVector(families, bits);
  }

  /**
   * Whether the family at a position is present.
   *
   * @throws IndexOutOfBoundsException outside 0..families.size()-1
   */
  public boolean isPresent(int position) {
    Objects.checkIndex(position, families.size());
    return (bits >>> position & 1) == 1;
  }

  /** How many families are present: the size of the ensemble. */
  public int cardinality() {
    return Integer.bitCount(bits);
  }

  /** The families present, in id order. */
  public List<InstrumentFamily> present() {
    return families.asList().stream()
        .filter(family -> isPresent(families.positionOf(family)))
        .toList();
  }
}
