package dev.tutti.worker.training.card;

import java.util.List;

/** What a user must know of models that were trained as this package trains them. */
final class Weaknesses {
  static final List<String> LIST =
      List.of(
          "Trained on sampled instruments played note by note: recordings of other players, rooms"
              + " and microphones are recognized less well than these figures say.",
          "Mean average precision mostly rewards hearing how many play. Who plays is what within-k"
              + " AUC and the accuracy on single notes measure; compare them with the levels of"
              + " predictors that hear nothing.",
          "In large mixtures, and in sums of waveforms where one note is much louder than another,"
              + " quiet families are missed.",
          "Chords, melodies, drums and other sounds than single notes of these families were not"
              + " trained on.",
          "Probabilities are not calibrated for another mix of ensemble sizes than 0 to 10 evenly.");

  private Weaknesses() {}
}
