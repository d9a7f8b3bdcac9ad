package dev.tutti.worker.graph;

import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.WeightSource;

/** A model and where its numbers are. */
public final class WeightedModel {
  private final KerasModel model;
  private final WeightSource weights;
  private final WeightReader reader;

  /**
   * A model of these numbers.
   *
   * @param model the layers
   * @param weights has every weight that the layers name
   */
  public WeightedModel(KerasModel model, WeightSource weights) {
    this.model = model;
    this.weights = weights;
    this.reader = WeightReader.of(weights);
  }

  /** The layers. */
  public KerasModel model() {
    return model;
  }

  /** The numbers, one whole weight at a time. */
  public WeightSource weights() {
    return weights;
  }

  /** The numbers piece by piece. It remembers the digests of what it read. */
  public WeightReader reader() {
    return reader;
  }
}
