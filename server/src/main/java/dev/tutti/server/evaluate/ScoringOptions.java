package dev.tutti.server.evaluate;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.bank.Bank;

/**
 * How to evaluate.
 *
 * @param bank the bank to score
 * @param thresholds what decides; their families are those that are scored
 * @param bypassCache whether to compute afresh and store nothing
 * @param skipBroken whether a sample that fails is left out instead of ending the evaluation
 * @param progressInterval samples between two progress reports
 * @param first the first sample's index
 * @param total samples in all; zero when unknown
 */
public record ScoringOptions(
    Bank bank,
    Thresholds thresholds,
    boolean bypassCache,
    boolean skipBroken,
    int progressInterval,
    long first,
    long total) {

  /** The same for some of the families. */
  public ScoringOptions among(FamilySet families) {
    return new ScoringOptions(
        bank, thresholds.among(families), bypassCache, skipBroken, progressInterval, first, total);
  }
}
