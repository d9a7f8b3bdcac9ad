package dev.tutti.core.metrics;

import java.util.List;

/**
 * How well the samples of one ensemble size were found.
 *
 * @param size families present in each
 * @param name none, solo, duo, trio and so on
 * @param samples how many; groups without samples are not reported
 * @param familyAccuracies share of right decisions a family, in position order
 */
public record GroupReport(
    int size,
    String name,
    long samples,
    Metric exactMatchRatio,
    Metric jaccardSamples,
    Metric bitAccuracy,
    List<Metric> familyAccuracies) {
  /** Copies the list. */
  public GroupReport {
    familyAccuracies = List.copyOf(familyAccuracies);
  }
}
