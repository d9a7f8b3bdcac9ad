package dev.tutti.worker.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.mixture.OverlayRule;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.bank.BankImport;
import dev.tutti.worker.bank.BatchSizes;
import dev.tutti.worker.bank.ModelBank;
import dev.tutti.worker.bank.ModelBankLoader;
import dev.tutti.worker.bankfile.BankSource;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.LayerCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Writes trained models as a bank with a model card. */
public final class BankExport {
  private static final int TEST_BATCH = 8;
  private static final double MILLION = 1e6;

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
    options.data().forEach(path -> data.add(path.getFileName().toString()));
    card.put(
        "split",
        "Of the first data set, whole instruments (%.0f%% of each family's) were held out to choose"
                .formatted(options.heldOut() * 100)
            + " the weights, the thresholds and the calibration by; test notes were used for the"
            + " test alone.");
    Thresholds thresholds = trained.decisions().objectives().get(Decisions.DEFAULT);
    card.set("validation", validation(thresholds));
    if (options.test().isPresent()) {
      card.set("test", test(draft, options.test().get(), thresholds));
    }
    ArrayNode weaknesses = card.putArray("weaknesses");
    Weaknesses.LIST.forEach(weaknesses::add);
    return card;
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
    return node;
  }

  private ObjectNode test(Path bankFolder, Path notes, Thresholds thresholds) throws IOException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put(
        "description",
        "The notebook's recipe, 1,100 mixtures of 0 to 10 families (seed 1), of "
            + notes.getFileName());
    try (ModelBank bank =
        new ModelBankLoader(StftParameters.nsynth(), BatchSizes.of(TEST_BATCH), options.device())
            .load(bankFolder)) {
      BankTest test = new BankTest(bank, notes);
      Scored overlay = test.mixtures(OverlayRule.MEAN_DECIBEL);
      node.set("overlay", FigureTable.mixtures(overlay, thresholds));
      node.set("wave", FigureTable.mixtures(test.mixtures(OverlayRule.WAVEFORM_SUM), thresholds));
      node.set("solo", FigureTable.solos(test.solos()));
      node.set("trivial", TrivialScores.of(overlay));
      ObjectNode others = node.putObject("by_objective");
      trained
          .decisions()
          .objectives()
          .forEach(
              (name, cuts) -> {
                ObjectNode all = FigureTable.mixtures(overlay, cuts);
                ObjectNode three = others.putObject(name);
                for (String key : new String[] {"bit_accuracy", "jaccard_samples", "emr"}) {
                  three.set(key, all.path(key).path("value"));
                }
              });
    }
    return node;
  }
}
