package dev.tutti.server.classify;

import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.bank.Bank;

/**
 * How to classify.
 *
 * @param bank the bank to ask
 * @param thresholds what decides; of the bank's families
 * @param length what to do with clips of another length
 * @param bypassCache whether to compute afresh and store nothing
 * @param pass how to wait
 */
public record ClassificationOptions(
    Bank bank, Thresholds thresholds, LengthPolicy length, boolean bypassCache, Pass pass) {
  /** The same for one more sample of the request; see {@link Pass#ofOneSample}. */
  public ClassificationOptions ofOneSample() {
    return new ClassificationOptions(bank, thresholds, length, bypassCache, pass.ofOneSample());
  }
}
