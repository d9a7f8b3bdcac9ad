package dev.tutti.worker.graph;

import dev.tutti.worker.keras.KerasModel;
import dev.tutti.worker.keras.WeightSource;

/**
 * A model and where its numbers are.
 *
 * @param model the layers
 * @param weights has every weight that the layers name
 */
public record WeightedModel(KerasModel model, WeightSource weights) {}
