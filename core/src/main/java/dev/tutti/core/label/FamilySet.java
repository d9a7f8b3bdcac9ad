package dev.tutti.core.label;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;

/**
 * Which families a vector of labels or probabilities has places for, always in NSynth id order.
 *
 * <p>A position (0-based) is a place in such a vector. With {@code synth_lead} absent, {@code
 * vocal} (id 10) stands at position 9: a position is never an id.
 */
public final class FamilySet implements Iterable<InstrumentFamily> {
  private final List<InstrumentFamily> families;

  private FamilySet(EnumSet<InstrumentFamily> families) {
    this.families =
        families.stream().sorted(Comparator.comparingInt(InstrumentFamily::nsynthId)).toList();
  }

  /** The given families, duplicates dropped. May be empty. */
  public static FamilySet of(Collection<InstrumentFamily> families) {
    EnumSet<InstrumentFamily> set = EnumSet.noneOf(InstrumentFamily.class);
    set.addAll(families);
    return new FamilySet(set);
  }

  /** The given families, duplicates dropped. May be empty. */
  public static FamilySet of(InstrumentFamily... families) {
    return of(Arrays.asList(families));
  }

  /** All eleven families. */
  public static FamilySet all() {
    return new FamilySet(EnumSet.allOf(InstrumentFamily.class));
  }

  /** The ten that the NSynth overlay notebook knows: all but {@code synth_lead}. */
  public static FamilySet notebook() {
    return of(InstrumentFamily.SYNTH_LEAD).complement();
  }

  public int size() {
    return families.size();
  }

  /**
   * The family at a position.
   *
   * @throws IndexOutOfBoundsException outside 0..size-1
   */
  public InstrumentFamily get(int position) {
    return families.get(position);
  }

  /** The position of a family, or -1 where this set lacks it. */
  public int positionOf(InstrumentFamily family) {
    return families.indexOf(family);
  }

  public boolean contains(InstrumentFamily family) {
    return families.contains(family);
  }

  /** The families in position order, unmodifiable. */
  public List<InstrumentFamily> asList() {
    return families;
  }

  /** Those of this set that the other has too. */
  public FamilySet intersection(FamilySet other) {
    return of(families.stream().filter(other::contains).toList());
  }

  /** The families of NSynth that this set lacks. */
  public FamilySet complement() {
    EnumSet<InstrumentFamily> rest = EnumSet.allOf(InstrumentFamily.class);
    families.forEach(rest::remove);
    return new FamilySet(rest);
  }

  @Override
  public Iterator<InstrumentFamily> iterator() {
    return families.iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FamilySet that && families.equals(that.families);
  }

  @Override
  public int hashCode() {
    return families.hashCode();
  }

  @Override
  public String toString() {
    return families.toString();
  }
}
