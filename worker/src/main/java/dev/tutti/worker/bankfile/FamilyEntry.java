package dev.tutti.worker.bankfile;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.worker.keras.layer.KerasModel;
import java.util.List;

/**
 * One family of a bank.
 *
 * @param family which one
 * @param source what the model was made of, for people
 * @param model its layers
 * @param tensors where each weight of the model lies
 */
public record FamilyEntry(
    InstrumentFamily family, String source, KerasModel model, List<TensorEntry> tensors) {
  public FamilyEntry {
    tensors = List.copyOf(tensors);
  }
}
