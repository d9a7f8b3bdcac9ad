package dev.tutti.worker.bankfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.graph.WeightedModel;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a bank is made of.
 *
 * @param models of each family: one input [bins, frames, 1], one probability out
 * @param origins what each model was made of, for people: a file name, a training run
 * @param stft how the spectrograms that they take are computed
 * @param thresholds of these families
 * @param objectives thresholds of these families for other measures, by the measure's name
 * @param extras members that the manifest carries unread, such as {@code model_card} and {@code
 *     calibration}
 */
public record BankSource(
    Map<InstrumentFamily, WeightedModel> models,
    Map<InstrumentFamily, String> origins,
    StftParameters stft,
    Thresholds thresholds,
    Map<String, Thresholds> objectives,
    Map<String, JsonNode> extras) {
  /**
   * Keeps its own copies, the models in NSynth id order.
   *
   * @throws IllegalArgumentException where there is no model, or thresholds are of other families
   */
  public BankSource {
    if (models.isEmpty()) {
      throw new IllegalArgumentException("a bank needs at least one model");
    }
    models = Collections.unmodifiableMap(new EnumMap<>(models));
    origins = Map.copyOf(origins);
    objectives = Map.copyOf(objectives);
    extras = Map.copyOf(extras);
    FamilySet families = FamilySet.of(models.keySet());
    requireFamilies(families, thresholds);
    for (Thresholds other : objectives.values()) {
      requireFamilies(families, other);
    }
  }

  /** The families, in NSynth id order. */
  public FamilySet families() {
    return FamilySet.of(models.keySet());
  }

  /** The same bank of other forms of its models. */
  public BankSource with(Map<InstrumentFamily, WeightedModel> changed) {
    return new BankSource(changed, origins, stft, thresholds, objectives, extras);
  }

  private static void requireFamilies(FamilySet families, Thresholds thresholds) {
    if (!thresholds.families().equals(families)) {
      throw new IllegalArgumentException(
          "the models are of %s, the thresholds of %s".formatted(families, thresholds.families()));
    }
  }
}
