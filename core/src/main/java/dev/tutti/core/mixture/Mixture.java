package dev.tutti.core.mixture;

import dev.tutti.core.label.LabelVector;
import java.util.List;
import java.util.Objects;

/**
 * One mixture of a recipe: what to overlay, not yet how it sounds.
 *
 * @param index its place in the recipe's sequence, from 0
 * @param id names recipe and index; the same mixture has the same id everywhere
 * @param noteIds the notes, one a family, in the order of their families' ids; empty for noise
 * @param truth the families of the notes
 * @param noiseSeed where its noise starts (see {@link GaussianNoise})
 */
public record Mixture(
    long index, String id, List<String> noteIds, LabelVector truth, long noiseSeed) {
  /** Copies the list and refuses nulls. */
  public Mixture {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(truth, "truth");
    noteIds = List.copyOf(noteIds);
  }
}
