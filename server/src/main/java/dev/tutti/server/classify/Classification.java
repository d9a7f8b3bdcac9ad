package dev.tutti.server.classify;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.admission.StageTimes;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.batching.Inference;

/**
 * The answer for one sample. Never compared.
 *
 * @param bank the bank that answered
 * @param probabilities one per family of the thresholds, in id order; not to be written to
 * @param thresholds what decides
 * @param clipSeconds the clip's length; zero for a ready spectrogram
 * @param analyzedSeconds seconds of it that the models saw
 * @param trace how the answer came about
 */
@SuppressWarnings("ArrayRecordComponent")
public record Classification(
    Bank bank,
    float[] probabilities,
    Thresholds thresholds,
    double clipSeconds,
    double analyzedSeconds,
    Trace trace) {
  /** The answer for only some of the families. */
  public Classification among(FamilySet families) {
    FamilySet all = thresholds.families();
    float[] some = new float[families.size()];
    for (int i = 0; i < some.length; i++) {
      some[i] = probabilities[all.positionOf(families.get(i))];
    }
    return new Classification(
        bank, some, thresholds.among(families), clipSeconds, analyzedSeconds, trace);
  }

  /**
   * How an answer came about.
   *
   * @param spectrogramCache where the spectrogram came from
   * @param probabilityCache where the probabilities came from
   * @param inference who made the probabilities and how: for this caller, or, of a hit, for an
   *     earlier one; those of all families
   * @param times where the time of this caller's work went
   */
  public record Trace(
      CacheOutcome spectrogramCache,
      CacheOutcome probabilityCache,
      Inference inference,
      StageTimes times) {
    /** A line for logs, such as {@code dsp=830us worker=900us, by worker-1 in a batch of 4}. */
    @Override
    public String toString() {
      return times + ", by " + inference.worker() + " in a batch of " + inference.batchSize();
    }
  }

  /** Where a value came from. */
  public enum CacheOutcome {
    UNUSED,
    HIT,
    MISS
  }
}
