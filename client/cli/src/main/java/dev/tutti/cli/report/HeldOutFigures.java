package dev.tutti.cli.report;

import dev.tutti.core.metrics.Headline;
import java.util.List;
import java.util.Locale;

/**
 * The test that the card of the bundled models reports.
 *
 * @param description on what it was done
 * @param figures on mixtures
 * @param solo accuracy on single notes
 */
public record HeldOutFigures(String description, Headlines figures, double solo) {
  /** What whoever reads figures on the notes that came along must know. */
  public List<String> caveat() {
    return List.of(
        "These notes do not test these models, which were trained on other notes of the same"
            + " instruments.",
        "Held-out test from their card, on instruments that they were not trained on ("
            + description
            + "):",
        String.format(
            Locale.ROOT,
            "  mean AP %s, within-k AUC %s, accuracy per bit %s, Jaccard %s, exact match %s;"
                + " single notes %.4f right",
            Figures.text(figures.get(Headline.MEAN_AVERAGE_PRECISION)),
            Figures.text(figures.get(Headline.WITHIN_K_AUC)),
            Figures.text(figures.get(Headline.BIT_ACCURACY)),
            Figures.text(figures.get(Headline.JACCARD_SAMPLES)),
            Figures.text(figures.get(Headline.EXACT_MATCH_RATIO)),
            solo));
  }

  /** The test for programs. */
  public Object toJson() {
    Figures values = new Figures().put("description", description);
    figures.putInto(values);
    return values.put("solo_accuracy", solo).toJson();
  }
}
