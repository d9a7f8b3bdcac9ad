package dev.tutti.core.metrics;

import java.util.List;

/**
 * The figures of an evaluation, defined as scikit-learn defines them; all lie in 0..1 unless said
 * otherwise.
 *
 * @param samples how many samples were evaluated
 * @param exactMatchRatio share of samples whose every family was decided right
 * @param jaccardSamples mean over samples of |decided and present| / |decided or present|; a sample
 *     with nothing present and nothing decided counts 0 ({@code zero_division=0})
 * @param bitAccuracy share of right decisions over all samples and families
 * @param meanAveragePrecision mean of the families' average precisions, leaving out families that
 *     are never present
 * @param withinKAuc mean of the families' within-k AUCs, leaving out families without one
 * @param ranking the order of the families within each sample
 * @param families one report a family in position order; empty in a running report
 * @param groups one report an ensemble size that occurs, smallest first; empty in a running report
 */
public record EvaluationReport(
    long samples,
    Metric exactMatchRatio,
    Metric jaccardSamples,
    Metric bitAccuracy,
    Metric meanAveragePrecision,
    Metric withinKAuc,
    LabelRankingReport ranking,
    List<FamilyReport> families,
    List<GroupReport> groups) {
  /** Copies the lists. */
  public EvaluationReport {
    families = List.copyOf(families);
    groups = List.copyOf(groups);
  }
}
