package dev.tutti.client;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.mixture.MixtureRecipe;
import java.util.List;

/**
 * An evaluation on mixtures that the server makes.
 *
 * @param dataset the server's name for the data set
 * @param recipe what to mix; without groups, the notebook's sizes and counts, or every combination
 *     once where it draws exhaustively
 * @param everyNote instead of mixtures, every note once and alone; only the seed of the recipe
 *     matters then
 * @param notesPerFamily notes held of each family at most; zero for the server's default
 * @param families those that are drawn and scored; empty for all that are served
 * @param part which of the mixtures
 * @param progressInterval samples between two progress reports; zero for the server's default
 */
public record MixtureEvaluation(
    String dataset,
    MixtureRecipe recipe,
    boolean everyNote,
    int notesPerFamily,
    List<InstrumentFamily> families,
    Part part,
    int progressInterval) {

  /** Copies the list. */
  public MixtureEvaluation {
    families = List.copyOf(families);
  }

  /** The same for these families. */
  public MixtureEvaluation among(List<InstrumentFamily> some) {
    return new MixtureEvaluation(
        dataset, recipe, everyNote, notesPerFamily, some, part, progressInterval);
  }

  /**
   * A part of a recipe's mixtures: where an interrupted evaluation goes on.
   *
   * @param start the first mixture, from 0
   * @param most how many mixtures at most; zero for all that remain
   */
  public record Part(long start, long most) {
    public static final Part WHOLE = new Part(0, 0);
  }

  /** All mixtures of a recipe. */
  public static MixtureEvaluation of(String dataset, MixtureRecipe recipe) {
    return new MixtureEvaluation(dataset, recipe, false, 0, List.of(), Part.WHOLE, 0);
  }
}
