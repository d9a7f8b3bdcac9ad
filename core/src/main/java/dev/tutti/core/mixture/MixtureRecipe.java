package dev.tutti.core.mixture;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.dataset.Note;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import java.util.ArrayList;
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
 *       to {@code c[n-1]}. {@link FamilyDraw#DISTINCT}: for {@code j} = 0..k-1 swap {@code c[j]}
 *       with {@code c[j + below(n - j)]}; then {@code c[0]} to {@code c[k-1]} are the families, put
 *       back into id order. {@link FamilyDraw#EXHAUSTIVE} draws nothing. {@link
 *       FamilyDraw#NOTEBOOK}: k times number {@code below(m)} of the m candidates not barred;
 *   <li>notes: for each of these families, in that order, its note number {@code below(number of
 *       its notes)}, in the library's order;
 *   <li>noise seed: {@code next()}; of {@link FamilyDraw#NOTEBOOK} {@code (seed + i)} modulo
 *       2<sup>32</sup> instead, for numpy's {@code RandomState};
 *   <li>gains, unless all are 0 dB: one of each note (see {@link GainRange}).
 * </ol>
 *
 * @param seed any number
 * @param groups how many mixtures of which sizes
 * @param overlayRule how notes are overlaid
 * @param background the noise added to each mixture's audio. Mixtures of size 0 are white noise of
 *     standard deviation 1 whatever this is
 * @param draw how families are chosen
 * @param gains how notes are amplified
 */
public record MixtureRecipe(
    long seed,
    List<GroupCount> groups,
    OverlayRule overlayRule,
    BackgroundNoise background,
    FamilyDraw draw,
    GainRange gains) {
  private static final int NOTEBOOK_COUNT = 100;
  private static final int NOTEBOOK_LARGEST_SIZE = 10;
  private static final int ID_DIGITS = 16;
  private static final long NUMPY_SEEDS = 0xFFFF_FFFFL;

  /** Copies the list and refuses nulls. */
  public MixtureRecipe {
    groups = List.copyOf(groups);
    Objects.requireNonNull(overlayRule, "overlayRule");
    Objects.requireNonNull(draw, "draw");
    Objects.requireNonNull(gains, "gains");
    Objects.requireNonNull(background, "background");
  }

  /**
   * Different families at random, notes as they are, white noise behind them.
   *
   * @throws IllegalArgumentException where the noise level is negative or not finite
   */
  public MixtureRecipe(
      long seed, List<GroupCount> groups, OverlayRule overlayRule, double noiseLevel) {
    this(
        seed,
        groups,
        overlayRule,
        BackgroundNoise.white(noiseLevel),
        FamilyDraw.DISTINCT,
        GainRange.none());
  }

  /** What the background noise is multiplied by; 0 for none. */
  public double noiseLevel() {
    return background.level();
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

  /** As {@link #notebook}, with the notebook's slips: for comparing with its old numbers only. */
  public static MixtureRecipe notebookCompatible(long seed, int families) {
    return new MixtureRecipe(
        seed,
        notebook(seed, families).groups,
        OverlayRule.MEAN_DECIBEL,
        BackgroundNoise.white(0),
        FamilyDraw.NOTEBOOK,
        GainRange.none());
  }

  /**
   * Every combination of families of every size from 1 on, as sums of waveforms.
   *
   * @param families how many families there are
   * @param each mixtures of every combination, at least 1
   */
  public static MixtureRecipe exhaustive(long seed, int families, int each) {
    List<GroupCount> groups =
        IntStream.rangeClosed(1, families)
            .mapToObj(
                size -> {
                  int combinations = (int) FamilyDrawing.combinations(families, size);
                  return new GroupCount(size, Math.multiplyExact(combinations, each));
                })
            .toList();
    return new MixtureRecipe(
        seed,
        groups,
        OverlayRule.WAVEFORM_SUM,
        BackgroundNoise.white(0),
        FamilyDraw.EXHAUSTIVE,
        GainRange.none());
  }

  /** How many mixtures in all. */
  public long size() {
    return groups.stream().mapToLong(GroupCount::count).sum();
  }

  /** A short name of this recipe: 16 hexadecimal digits that depend on everything in it. */
  public String id() {
    ContentDigest.Builder content = ContentDigest.builder().add(seed);
    groups.forEach(group -> content.add(group.size()).add(group.count()));
    content.add(overlayRule.name()).add(Double.doubleToLongBits(noiseLevel()));
    // Left out where they are as usual, so that recipes from before there were others keep their
    // id.
    if (draw != FamilyDraw.DISTINCT || !gains.isNone()) {
      content
          .add(draw.name())
          .add(Double.doubleToLongBits(gains.lowest()))
          .add(Double.doubleToLongBits(gains.highest()));
    }
    if (background.isRecorded()) {
      content.add("recorded").add(background.digest().hex());
    }
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
    Objects.checkIndex(index, size());
    int group = 0;
    long inGroup = index;
    while (inGroup >= groups.get(group).count()) {
      inGroup -= groups.get(group).count();
      group++;
    }
    SplitMix64 random = new SplitMix64(SplitMix64.mix(SplitMix64.mix(seed) + index));
    List<InstrumentFamily> drawn =
        new FamilyDrawing(candidates(library, families), groups.get(group).size())
            .families(draw, inGroup, random);
    List<String> noteIds = new ArrayList<>(drawn.size());
    for (InstrumentFamily family : drawn) {
      List<Note> notes = library.notes(family);
      noteIds.add(notes.get(random.below(notes.size())).id());
    }
    MixtureNoise noise = noise(index, random.next());
    List<Double> amplified = drawn.stream().map(family -> gain(random)).toList();
    LabelVector truth = LabelVector.of(families, FamilySet.of(drawn).asList());
    return new Mixture(index, id() + "-" + index, noteIds, amplified, truth, noise);
  }

  /**
   * The mixture of an id, made without any other.
   *
   * @throws IllegalArgumentException where the id is not of this recipe, and as {@link
   *     #mixture(long, NoteLibrary, FamilySet)}
   */
  public Mixture mixture(String mixtureId, NoteLibrary library, FamilySet families) {
    String prefix = id() + "-";
    String index = mixtureId.startsWith(prefix) ? mixtureId.substring(prefix.length()) : "";
    if (!index.matches("0|[1-9][0-9]{0,17}") || Long.parseLong(index) >= size()) {
      throw new IllegalArgumentException(
          "'%s' is no mixture of recipe %s, which has %s0 to %s%d"
              .formatted(mixtureId, id(), prefix, prefix, size() - 1));
    }
    return mixture(Long.parseLong(index), library, families);
  }

  private MixtureNoise noise(long index, long drawn) {
    return draw == FamilyDraw.NOTEBOOK
        ? new MixtureNoise((seed + index) & NUMPY_SEEDS, MixtureNoise.Kind.NUMPY_REAL_PART)
        : new MixtureNoise(drawn, MixtureNoise.Kind.GAUSSIAN);
  }

  private double gain(SplitMix64 random) {
    return gains.isNone() ? 0 : gains.draw(random);
  }

  private static List<InstrumentFamily> candidates(NoteLibrary library, FamilySet families) {
    return families.asList().stream().filter(library.families()::contains).toList();
  }
}
