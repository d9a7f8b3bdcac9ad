package dev.tutti.worker.training.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.metrics.Headline;
import dev.tutti.core.mixture.OverlayRule;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.bank.BankImport;
import dev.tutti.worker.bank.ModelBank;
import dev.tutti.worker.bank.ModelBankLoader;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.bankfile.BankSource;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.layer.LayerCost;
import dev.tutti.worker.training.run.TrainedModels;
import dev.tutti.worker.training.run.TrainingOptions;
import dev.tutti.worker.training.validation.Decisions;
import dev.tutti.worker.training.validation.Scored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes trained models as a bank with a model card. */
public final class BankExport {
  private static final int TEST_BATCH = 8;
  private static final double MILLION = 1e6;
  private static final List<Headline> OF_DECISIONS =
      List.of(Headline.BIT_ACCURACY, Headline.JACCARD_SAMPLES, Headline.EXACT_MATCH_RATIO);

  private final TrainedModels trained;
  private final TrainingOptions options;

  public BankExport(TrainedModels trained, TrainingOptions options) {
    this.trained = trained;
    this.options = options;
  }

  /**
   * Writes the bank; its models are scored first as they will be served.
   *
   * @param folder which must not exist yet, or be empty
   * @param draft a folder for the bank without a card, likewise
   * @param made the day of the model card
   */
  public BankImport.Report write(Path folder, Path draft, LocalDate made) throws IOException {
    new BankImport(options.device()).write(source(Map.of()), draft);
    ObjectNode card = card(draft, made);
    Map<String, JsonNode> extras = Map.of("model_card", card, "calibration", calibration());
    BankImport.Report report = new BankImport(options.device()).write(source(extras), folder);
    Files.writeString(folder.resolve("MODEL_CARD.md"), ModelCard.markdown(card));
    Files.writeString(folder.resolve("NOTICE"), ModelCard.headline(card));
    return report;
  }

  private BankSource source(Map<String, JsonNode> extras) {
    Map<InstrumentFamily, String> origins = new EnumMap<>(InstrumentFamily.class);
    trained.families().forEach(family -> origins.put(family, "trained"));
    Map<String, Thresholds> objectives = new HashMap<>(trained.decisions().objectives());
    return new BankSource(
        trained.models(),
        origins,
        StftParameters.nsynth(),
        objectives.get(Decisions.DEFAULT),
        objectives,
        extras);
  }

  private ObjectNode calibration() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("method", "platt");
    trained
        .decisions()
        .calibrations()
        .forEach(
            (family, scaling) ->
                node.putObject(family.label())
                    .put("slope", scaling.slope())
                    .put("intercept", scaling.intercept()));
    return node;
  }

  private ObjectNode card(Path draft, LocalDate made) throws IOException {
    WeightedModel model = trained.models().get(trained.families().get(0));
    ObjectNode card = JsonNodeFactory.instance.objectNode();
    card.put("made", made.toString());
    card.put("commit", CheckoutCommit.find());
    card.put("command", options.command());
    card.put("architecture", trained.shape().describe());
    card.put("parameters", model.model().parameters() + " a model");
    card.put("mflop_a_model", Math.round(LayerCost.flops(model.model()) / MILLION));
    ArrayNode data = card.putArray("data");
    options.data().sets().forEach(path -> data.add(path.getFileName().toString()));
    card.put(
        "split",
        "Of the first data set, whole instruments (%.0f%% of each family's) were held out to choose"
                .formatted(options.data().heldOut() * 100)
            + " the weights, the thresholds and the calibration by; test notes were used for the"
            + " test alone.");
    Thresholds thresholds = trained.decisions().objectives().get(Decisions.DEFAULT);
    card.set("validation", validation(thresholds));
    if (options.data().test().isPresent()) {
      card.set("test", test(draft, options.data().test().get(), thresholds));
    }
    ArrayNode weaknesses = card.putArray("weaknesses");
    Weaknesses.LIST.forEach(weaknesses::add);
    return card;
  }

  /** The measures of decisions under the thresholds of every objective. */
  private ObjectNode byObjective(Scored scored) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    trained
        .decisions()
        .objectives()
        .forEach(
            (name, cuts) ->
                node.set(
                    name,
                    FigureTable.headlines(
                        scored, Decisions.of(cuts, scored.families()), OF_DECISIONS)));
    return node;
  }

  private ObjectNode validation(Thresholds thresholds) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put(
        "description",
        "%d samples of the held-out instruments. Thresholds were fitted on these very samples, so"
                .formatted(trained.validation().truth().rows())
            + " the measures of decisions are too good here.");
    node.set("overlay", FigureTable.mixtures(trained.validation(), thresholds));
    node.set("wave", FigureTable.mixtures(trained.validationWave(), thresholds));
    node.set("trivial", TrivialScores.of(trained.validation()));
    node.set("by_objective", byObjective(trained.validation()));
    return node;
  }

  private ObjectNode test(Path bankFolder, Path notes, Thresholds thresholds) throws IOException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put(
        "description",
        "The notebook's recipe, 1,100 mixtures of 0 to 10 families (seed 1) without synth_lead, of "
            + notes.getFileName());
    try (ModelBank bank =
        new ModelBankLoader(StftParameters.nsynth(), BatchSizes.of(TEST_BATCH), options.device())
            .load(bankFolder)) {
      BankTest test = new BankTest(bank, notes);
      FamilySet ten = trained.families().intersection(FamilySet.notebook());
      Scored overlay = test.mixtures(ten, OverlayRule.MEAN_DECIBEL);
      Thresholds cuts = Decisions.of(thresholds, ten);
      node.set("overlay", FigureTable.mixtures(overlay, cuts));
      node.set("wave", FigureTable.mixtures(test.mixtures(ten, OverlayRule.WAVEFORM_SUM), cuts));
      node.set("solo", FigureTable.solos(test.solos()));
      node.set("trivial", TrivialScores.of(overlay));
      if (!ten.equals(trained.families())) {
        Scored all = test.mixtures(trained.families(), OverlayRule.MEAN_DECIBEL);
        node.set("all_families", FigureTable.mixtures(all, thresholds));
        node.set("all_families_trivial", TrivialScores.of(all));
      }
      node.set("by_objective", byObjective(overlay));
    }
    return node;
  }
}
