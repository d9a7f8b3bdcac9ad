package dev.tutti.core.metrics;

/**
 * How good one family's probabilities are, whatever the threshold.
 *
 * @param rocAuc the probability that a sample with the family outscores one without it, ties
 *     counting half
 * @param brier see {@link ProbabilityLoss#BRIER}
 * @param logLoss see {@link ProbabilityLoss#LOG_LOSS}
 * @param expectedCalibrationError over ten bins; see {@link Reliability}
 */
public record ProbabilityReport(
    Metric rocAuc, Metric brier, Metric logLoss, Metric expectedCalibrationError) {}
