package dev.tutti.core.mixture;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.dataset.Note;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A sequence of mixtures that is the same on every machine, of which any one can be made without
 * those before it.
 *
 * <p>The mixtures of the groups follow each other in the order of the groups. Mixture {@code i} of
 * size {@code k} is drawn with a {@link SplitMix64} of its own, whose first state is {@code
 * mix(mix(seed) + i)}:
 *
 * <ol>
 *   <li>families: the candidates are the given families that have notes, in id order, {@code c[0]}
 *       to {@code c[n-1]}. For {@code j} = 0..k-1 swap {@code c[j]} with {@code c[j + below(n -
 *       j)]}; then {@code c[0]} to {@code c[k-1]} are the families, put back into id order;
 *   <li>notes: for each of these families, in that order, its note number {@code below(number of
 *       its notes)}, in the library's order;
 *   <li>noise seed: {@code next()}.
 * </ol>
 *
 * @param seed any number
 * @param groups how many mixtures of which sizes
 * @param overlayRule how notes are overlaid
 * @param noiseLevel standard deviation of the white noise added to each mixture's audio, in units
 *     of full scale; 0 for none. Mixtures of size 0 are noise of standard deviation 1 whatever this
 *     level
 */
public record MixtureRecipe(
    long seed, List<GroupCount> groups, OverlayRule overlayRule, double noiseLevel) {
  private static final int NOTEBOOK_COUNT = 100;
  private static final int NOTEBOOK_LARGEST_SIZE = 10;
  private static final int ID_DIGITS = 16;

  /**
   * Copies the list and checks the level.
   *
   * @throws IllegalArgumentException where the noise level is negative or not finite
   */
  public MixtureRecipe {
    groups = List.copyOf(groups);
    Objects.requireNonNull(overlayRule, "overlayRule");
    if (!(noiseLevel >= 0) || Double.isInfinite(noiseLevel)) {
      throw new IllegalArgumentException(
          "noiseLevel is %s; accepted are finite numbers of 0 or more".formatted(noiseLevel));
    }
  }

  /**
   * The protocol of the public NSynth overlay notebook: 100 noises, then 100 mixtures of each size
   * from 1 to 10 (or to the number of families where that is less), as means of dB spectrograms.
   */
  public static MixtureRecipe notebook(long seed, int families) {
    List<GroupCount> groups =
        IntStream.rangeClosed(0, Math.min(NOTEBOOK_LARGEST_SIZE, families))
            .mapToObj(size -> new GroupCount(size, NOTEBOOK_COUNT))
            .toList();
    return new MixtureRecipe(seed, groups, OverlayRule.MEAN_DECIBEL, 0);
  }

  /** How many mixtures in all. */
  public long size() {
    return groups.stream().mapToLong(GroupCount::count).sum();
  }

  /** A short name of this recipe: 16 hexadecimal digits that depend on everything in it. */
  public String id() {
    ContentDigest.Builder content = ContentDigest.builder().add(seed);
    groups.forEach(group -> content.add(group.size()).add(group.count()));
    content.add(overlayRule.name()).add(Double.doubleToLongBits(noiseLevel));
    return content.build().hex().substring(0, ID_DIGITS);
  }

  /**
   * The mixture at an index.
   *
   * @param families what the positions of the truth mean; those without notes are never drawn
   * @throws IndexOutOfBoundsException outside 0..size()-1
   * @throws IllegalArgumentException where the mixture's size exceeds the families with notes
   */
  public Mixture mixture(long index, NoteLibrary library, FamilySet families) {
    int size = sizeAt(index);
    SplitMix64 random = new SplitMix64(SplitMix64.mix(SplitMix64.mix(seed) + index));
    FamilySet drawn = drawFamilies(size, candidates(library, families), random);
    List<String> noteIds = new ArrayList<>(size);
    for (InstrumentFamily family : drawn) {
      List<Note> notes = library.notes(family);
      noteIds.add(notes.get(random.below(notes.size())).id());
    }
    return new Mixture(
        index,
        id() + "-" + index,
        noteIds,
        LabelVector.of(families, drawn.asList()),
        random.next());
  }

  private int sizeAt(long index) {
    Objects.checkIndex(index, size());
    long end = 0;
    for (GroupCount group : groups) {
      end += group.count();
      if (index < end) {
        return group.size();
      }
    }
    throw new AssertionError("an index below size() lies in a group");
  }

  private static List<InstrumentFamily> candidates(NoteLibrary library, FamilySet families) {
    return families.asList().stream().filter(library.families()::contains).toList();
  }

  private static FamilySet drawFamilies(
      int size, List<InstrumentFamily> candidates, SplitMix64 random) {
    if (size > candidates.size()) {
      throw new IllegalArgumentException(
          "a mixture of %d families cannot be drawn from the %d with notes: %s"
              .formatted(size, candidates.size(), candidates));
    }
    List<InstrumentFamily> shuffled = new ArrayList<>(candidates);
    for (int j = 0; j < size; j++) {
      Collections.swap(shuffled, j, j + random.below(shuffled.size() - j));
    }
    return FamilySet.of(shuffled.subList(0, size));
  }
}
