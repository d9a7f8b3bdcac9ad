package dev.tutti.worker.bank;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.bank.input.BankInput;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.graph.Precision;

/**
 * What a bank is.
 *
 * @param digest of all that decides its probabilities: structure, weights, family order, precision,
 *     STFT parameters
 * @param input what it takes
 * @param thresholds the decision rule that came with it
 * @param parameters numbers in all models
 * @param batchSizes that it runs
 * @param precision that it computes in
 */
public record BankDescription(
    ContentDigest digest,
    BankInput input,
    Thresholds thresholds,
    long parameters,
    BatchSizes batchSizes,
    Precision precision) {
  /** The served families; their order is that of the probabilities. */
  public FamilySet families() {
    return thresholds.families();
  }
}
