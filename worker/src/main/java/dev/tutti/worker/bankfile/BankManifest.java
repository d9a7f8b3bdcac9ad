package dev.tutti.worker.bankfile;

import dev.tutti.core.spectrogram.StftParameters;
import java.util.List;

/**
 * What {@code manifest.json} says besides its format version and its extra members.
 *
 * @param stft how the spectrograms that the models take are computed
 * @param families in NSynth id order
 * @param thresholds one for each family, in 0..1
 * @param objectives thresholds that suit other measures
 * @param probes what the models answer
 */
public record BankManifest(
    StftParameters stft,
    List<FamilyEntry> families,
    List<Double> thresholds,
    List<ObjectiveThresholds> objectives,
    ProbeAnswers probes) {
  public BankManifest {
    families = List.copyOf(families);
    thresholds = List.copyOf(thresholds);
    objectives = List.copyOf(objectives);
  }

  /**
   * Thresholds chosen for one measure.
   *
   * @param objective its name, for example {@code jaccard}
   * @param thresholds one for each family, in 0..1
   */
  public record ObjectiveThresholds(String objective, List<Double> thresholds) {
    public ObjectiveThresholds {
      thresholds = List.copyOf(thresholds);
    }
  }
}
