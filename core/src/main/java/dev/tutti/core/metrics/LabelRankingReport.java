package dev.tutti.core.metrics;

/**
 * How well the scores order the families within each sample; see {@link LabelRanking}.
 *
 * @param averagePrecision label ranking average precision, 0..1; more is better
 * @param coverageError how many families must be taken from the top to have all present ones, from
 *     0 to the number of families; less is better
 * @param rankingLoss share of pairs in the wrong order, 0..1; less is better
 */
public record LabelRankingReport(
    Metric averagePrecision, Metric coverageError, Metric rankingLoss) {}
