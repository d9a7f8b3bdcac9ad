package dev.tutti.server.classify;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.bank.Bank;

/**
 * The answer for one sample. Never compared.
 *
 * @param bank the bank that answered
 * @param probabilities one per family of the thresholds, in id order; not to be written to
 * @param thresholds what decides
 * @param clipSeconds the clip's length; zero for a ready spectrogram
 * @param analyzedSeconds seconds of it that the models saw
 * @param spectrogramCache where the spectrogram came from
 * @param probabilityCache where the probabilities came from
 */
@SuppressWarnings("ArrayRecordComponent")
public record Classification(
    Bank bank,
    float[] probabilities,
    Thresholds thresholds,
    double clipSeconds,
    double analyzedSeconds,
    CacheOutcome spectrogramCache,
    CacheOutcome probabilityCache) {
  /** The answer for only some of the families. */
  public Classification among(FamilySet families) {
    FamilySet all = thresholds.families();
    float[] some = new float[families.size()];
    for (int i = 0; i < some.length; i++) {
      some[i] = probabilities[all.positionOf(families.get(i))];
    }
    return new Classification(
        bank,
        some,
        thresholds.among(families),
        clipSeconds,
        analyzedSeconds,
        spectrogramCache,
        probabilityCache);
  }

  /** Where a value came from. */
  public enum CacheOutcome {
    UNUSED,
    HIT,
    MISS
  }
}
