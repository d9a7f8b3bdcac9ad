package dev.tutti.worker.training.card;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.worker.training.validation.Decisions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A model card for people, from its JSON. */
final class ModelCard {
  private static final Map<String, String> HEADLINES =
      new java.util.TreeMap<>(
          Map.of(
              "map_macro", "mean average precision",
              "within_k_auc", "within-k AUC",
              "bit_accuracy", "per-bit accuracy",
              "jaccard_samples", "Jaccard",
              "emr", "exact match"));

  private final JsonNode card;
  private final List<String> lines = new ArrayList<>();

  private ModelCard(JsonNode card) {
    this.card = card;
  }

  /** The card as Markdown. */
  static String markdown(JsonNode card) {
    ModelCard text = new ModelCard(card);
    text.write();
    return String.join("\n", text.lines) + "\n";
  }

  /** The card in three lines, for those who see results. */
  static String headline(JsonNode card) {
    String set = card.has("test") ? "test" : "validation";
    JsonNode figures = card.path(set);
    JsonNode deaf = figures.path("trivial").path("knows_how_many_only");
    String text =
        "The models' card, on instruments that they were not trained on (%s):%n"
                .formatted(set.equals("test") ? "held-out test" : "validation")
            + "  mean AP %s (knowing how many play, not who: %s), within-k AUC %s (random 0.500)"
                .formatted(
                    number(figures.path("overlay").path("map_macro").path("value")),
                    number(deaf.path("map_macro")),
                    number(figures.path("overlay").path("within_k_auc").path("value")));
    String solo =
        figures.has("solo")
            ? ", single notes %s right (random 0.100)"
                .formatted(number(figures.path("solo").path("solo_accuracy")))
            : "";
    return text + solo + String.format(Locale.ROOT, ".%n");
  }

  private void write() {
    add(
        "# Model card",
        "",
        "Eleven one-vs-all models: which instrument families play in four seconds of audio.",
        "");
    add("| | |", "|---|---|");
    for (String name :
        List.of("made", "commit", "command", "architecture", "parameters", "mflop_a_model")) {
      add("| %s | %s |".formatted(name.replace('_', ' '), card.path(name).asText()));
    }
    add("", "## Data", "");
    card.path("data").forEach(set -> add("- " + set.asText()));
    add("", card.path("split").asText(), "");
    for (String set : List.of("test", "validation")) {
      if (card.has(set)) {
        add("## " + (set.equals("test") ? "Held-out test" : "Validation"), "");
        add(card.path(set).path("description").asText(), "");
        headlines(card.path(set));
        eleven(card.path(set));
        if (set.equals("test")) {
          details(card.path(set).path("overlay"));
        }
      }
    }
    objectives();
    add("## Weaknesses", "");
    card.path("weaknesses").forEach(weakness -> add("- " + weakness.asText()));
  }

  private void eleven(JsonNode test) {
    JsonNode all = test.path("all_families");
    if (!all.isMissingNode()) {
      add(
          "With synth_lead as the eleventh: mean average precision %s (knowing how many: %s),"
                  .formatted(
                      number(all.path("map_macro").path("value")),
                      number(
                          test.path("all_families_trivial")
                              .path("knows_how_many_only")
                              .path("map_macro")))
              + " within-k AUC %s.".formatted(number(all.path("within_k_auc").path("value"))),
          "");
    }
  }

  private void headlines(JsonNode set) {
    JsonNode trivial = set.path("trivial");
    add(
        "| measure | overlay (95% interval) | sum of waveforms | coin flip | all present | knows how many, not who |");
    add("|---|---|---|---|---|---|");
    HEADLINES.forEach(
        (key, name) ->
            add(
                "| %s | %s | %s | %s | %s | %s |"
                    .formatted(
                        name,
                        interval(set.path("overlay").path(key)),
                        interval(set.path("wave").path(key)),
                        number(trivial.path("coin_flip").path(key)),
                        number(trivial.path("all_present").path(key)),
                        number(trivial.path("knows_how_many_only").path(key)))));
    add("");
    if (set.has("solo")) {
      add(
          "Single notes, the most probable of ten families (without synth_lead): **%s** right (random 0.100);"
                  .formatted(number(set.path("solo").path("solo_accuracy")))
              + " of eleven: %s (random 0.091)."
                  .formatted(number(set.path("solo").path("solo_accuracy_all"))),
          "");
    }
  }

  private void objectives() {
    add("## Thresholds", "");
    add(
        "Per-bit accuracy, Jaccard and exact match under the thresholds that the manifest has for each"
            + " objective (`%s` is the default):".formatted(Decisions.DEFAULT),
        "");
    add("| objective | validation | test |", "|---|---|---|");
    card.path("validation")
        .path("by_objective")
        .properties()
        .forEach(
            objective ->
                add(
                    "| %s | %s | %s |"
                        .formatted(
                            objective.getKey(),
                            three(objective.getValue()),
                            three(
                                card.path("test").path("by_objective").path(objective.getKey())))));
    add("");
  }

  private static String three(JsonNode figures) {
    return "%s / %s / %s"
        .formatted(
            number(figures.path("bit_accuracy")),
            number(figures.path("jaccard_samples")),
            number(figures.path("emr")));
  }

  private void details(JsonNode overlay) {
    add(
        "Jaccard counts 0 where nothing plays and nothing is found, as scikit-learn does; counted 1 it is %s."
            .formatted(number(overlay.path("jaccard_empty_right"))),
        "");
    add("| family | average precision | within-k AUC | accuracy |", "|---|---|---|---|");
    overlay
        .path("families")
        .properties()
        .forEach(
            family ->
                add(
                    "| %s | %s | %s | %s |"
                        .formatted(
                            family.getKey(),
                            number(family.getValue().path("average_precision")),
                            number(family.getValue().path("within_k_auc")),
                            number(family.getValue().path("accuracy")))));
    add("", "| players | per-bit accuracy | Jaccard | exact match |", "|---|---|---|---|");
    overlay
        .path("sizes")
        .properties()
        .forEach(
            size ->
                add(
                    "| %s | %s | %s | %s |"
                        .formatted(
                            size.getKey(),
                            number(size.getValue().path("bit_accuracy")),
                            number(size.getValue().path("jaccard_samples")),
                            number(size.getValue().path("emr")))));
    add("");
  }

  private void add(String... more) {
    lines.addAll(List.of(more));
  }

  private static String interval(JsonNode figure) {
    return figure.isMissingNode()
        ? "–"
        : "%s (%s–%s)"
            .formatted(
                number(figure.path("value")),
                number(figure.path("low")),
                number(figure.path("high")));
  }

  private static String number(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.3f", value.asDouble()) : "–";
  }
}
