package dev.tutti.server.classify;

import dev.tutti.core.threshold.Thresholds;

/**
 * The answer for one sample. Never compared.
 *
 * @param bank the bank that answered
 * @param probabilities one per family of the bank, in id order; not to be written to
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
  /** Where a value came from. */
  public enum CacheOutcome {
    UNUSED,
    HIT,
    MISS
  }
}
