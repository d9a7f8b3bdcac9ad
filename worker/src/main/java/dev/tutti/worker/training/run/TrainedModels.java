package dev.tutti.worker.training.run;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.training.network.NetworkShape;
import dev.tutti.worker.training.validation.Decisions;
import dev.tutti.worker.training.validation.Scored;
import java.util.Map;

/**
 * What a training gives.
 *
 * @param models by family
 * @param validation samples of instruments that were held out, on which decisions were fitted
 * @param validationWave mixtures of the same as sums of waveforms, approximately
 */
public record TrainedModels(
    Map<InstrumentFamily, WeightedModel> models,
    NetworkShape shape,
    Decisions decisions,
    Scored validation,
    Scored validationWave) {
  /** Keeps its own copy. */
  public TrainedModels {
    models = Map.copyOf(models);
  }

  public FamilySet families() {
    return FamilySet.of(models.keySet());
  }
}
