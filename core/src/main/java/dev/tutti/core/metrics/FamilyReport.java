package dev.tutti.core.metrics;

import dev.tutti.core.label.InstrumentFamily;

/**
 * How well one family was found.
 *
 * @param threshold its decision threshold
 * @param accuracy share of right decisions
 * @param averagePrecision as scikit-learn's {@code average_precision_score}; undefined where the
 *     family is never present (scikit-learn says 0 there)
 * @param withinKAuc the probability that a mixture with the family outscores one without it among
 *     mixtures of the same size, ties counting half: the mean over the sizes that have both
 * @param probabilities what needs no threshold
 */
public record FamilyReport(
    InstrumentFamily family,
    double threshold,
    ConfusionCounts confusion,
    Metric accuracy,
    Metric precision,
    Metric recall,
    Metric f1,
    Metric averagePrecision,
    Metric withinKAuc,
    ProbabilityReport probabilities) {}
