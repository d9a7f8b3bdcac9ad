package dev.tutti.core.threshold;

/**
 * What a search over the thresholds of all labels found.
 *
 * @param thresholds one a label
 * @param value of the objective, 0..1, never below {@code startValue}
 * @param startValue what the search began with
 */
@SuppressWarnings("ArrayRecordComponent") // numbers, handed over and not copied
public record JointOptimum(double[] thresholds, double value, double startValue) {}
