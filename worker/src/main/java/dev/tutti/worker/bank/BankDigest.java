package dev.tutti.worker.bank;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.graph.Precision;
import dev.tutti.worker.graph.WeightReader;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.WeightTensor;
import dev.tutti.worker.savedmodel.SavedModelFile;
import java.util.Map;

/** The digest of all that decides a bank's probabilities. */
final class BankDigest {
  private BankDigest() {}

  /**
   * Of precision, spectrogram, family order, layers and numbers.
   *
   * @param models as they are computed, their weights read already: then this is cheap
   * @param savedModels of further families
   */
  static ContentDigest of(
      Precision precision,
      StftParameters stft,
      Map<InstrumentFamily, WeightedModel> models,
      Map<InstrumentFamily, SavedModelFile> savedModels)
      throws ModelFileException {
    ContentDigest.Builder digest =
        ContentDigest.builder().add(precision.label()).add(stft.toString());
    for (Map.Entry<InstrumentFamily, WeightedModel> entry : models.entrySet()) {
      digest.add(entry.getKey().label()).add(entry.getValue().model().nodes().toString());
      WeightReader reader = entry.getValue().reader();
      for (WeightTensor weight : entry.getValue().model().weights()) {
        digest.add(reader.digest(weight).toBytes());
      }
    }
    for (Map.Entry<InstrumentFamily, SavedModelFile> entry : savedModels.entrySet()) {
      digest.add(entry.getKey().label()).add(entry.getValue().digest().toBytes());
    }
    return digest.build();
  }
}
