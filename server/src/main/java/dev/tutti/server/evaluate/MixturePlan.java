package dev.tutti.server.evaluate;

import dev.tutti.core.dataset.Note;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.mixture.BackgroundNoise;
import dev.tutti.core.mixture.Mixture;
import dev.tutti.core.mixture.MixtureRecipe;
import dev.tutti.core.mixture.OverlayRule;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The samples of a server-made evaluation, any of which can be made on its own.
 *
 * @param first the first index to evaluate
 * @param end the index after the last
 * @param mixtures makes the sample at an index
 * @param overlayRule how its notes are overlaid
 * @param background what sounds behind the notes
 */
public record MixturePlan(
    long first,
    long end,
    LongFunction<Mixture> mixtures,
    OverlayRule overlayRule,
    BackgroundNoise background) {

  /** All mixtures of a recipe. */
  public static MixturePlan of(MixtureRecipe recipe, NoteLibrary library, FamilySet families) {
    return new MixturePlan(
        0,
        recipe.size(),
        index -> recipe.mixture(index, library, families),
        recipe.overlayRule(),
        recipe.background());
  }

  /** Every note of these families on its own, under its own id. */
  public static MixturePlan ofNotes(NoteLibrary library, FamilySet families) {
    List<Note> notes =
        families.asList().stream().flatMap(family -> library.notes(family).stream()).toList();
    return new MixturePlan(
        0,
        notes.size(),
        index -> {
          Note note = notes.get(Math.toIntExact(index));
          LabelVector truth = LabelVector.of(families, List.of(note.family()));
          return new Mixture(index, note.id(), List.of(note.id()), truth, 0);
        },
        OverlayRule.MEAN_DECIBEL,
        BackgroundNoise.white(0));
  }

  /**
   * A part of it.
   *
   * @param from the first index, within this plan
   * @param most how many samples at most
   */
  public MixturePlan part(long from, long most) {
    return new MixturePlan(
        from, from + Math.min(most, end - from), mixtures, overlayRule, background);
  }

  /** How many samples. */
  public long size() {
    return end - first;
  }
}
