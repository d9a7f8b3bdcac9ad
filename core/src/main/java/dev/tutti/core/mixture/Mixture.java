package dev.tutti.core.mixture;

import dev.tutti.core.label.LabelVector;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * One mixture of a recipe: what to overlay, not yet how it sounds.
 *
 * @param index its place in the recipe's sequence, from 0
 * @param id names recipe and index; the same mixture has the same id everywhere, and {@link
 *     MixtureRecipe#mixture(String, dev.tutti.core.dataset.NoteLibrary,
 *     dev.tutti.core.label.FamilySet)} makes it from the id alone
 * @param noteIds the notes in the order of their families' ids, one a family (of {@link
 *     FamilyDraw#NOTEBOOK}: in the order drawn, perhaps several of vocal); empty for noise
 * @param gains what each note is amplified by, in dB
 * @param truth the families of the notes
 * @param noise its noise
 */
public record Mixture(
    long index,
    String id,
    List<String> noteIds,
    List<Double> gains,
    LabelVector truth,
    MixtureNoise noise) {
  /**
   * Copies the lists and refuses nulls.
   *
   * @throws IllegalArgumentException where there are not as many gains as notes
   */
  public Mixture {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(truth, "truth");
    Objects.requireNonNull(noise, "noise");
    noteIds = List.copyOf(noteIds);
    gains = List.copyOf(gains);
    if (gains.size() != noteIds.size()) {
      throw new IllegalArgumentException(
          "%d gains of %d notes; every note needs one".formatted(gains.size(), noteIds.size()));
    }
  }

  /** Notes as they are, with Gaussian noise from a seed. */
  public Mixture(long index, String id, List<String> noteIds, LabelVector truth, long noiseSeed) {
    this(
        index,
        id,
        noteIds,
        Collections.nCopies(noteIds.size(), 0.0),
        truth,
        new MixtureNoise(noiseSeed, MixtureNoise.Kind.GAUSSIAN));
  }

  /** Where its noise starts. */
  public long noiseSeed() {
    return noise.seed();
  }
}
