package dev.tutti.core.metrics;

import java.util.List;

/**
 * How well the samples of one ensemble size were found.
 *
 * @param size families present in each
 * @param name none, solo, duo, trio and so on
 * @param samples how many; groups without samples are not reported
 * @param familyConfusions the decisions of each family, in position order
 */
public record GroupReport(
    int size,
    String name,
    long samples,
    Metric exactMatchRatio,
    Metric jaccardSamples,
    Metric bitAccuracy,
    List<ConfusionCounts> familyConfusions) {
  private static final List<String> NAMES =
      List.of(
          "none", "solo", "duo", "trio", "quartet", "quintet", "sextet", "septet", "octet", "nonet",
          "decet", "undecet");

  /** Copies the list. */
  public GroupReport {
    familyConfusions = List.copyOf(familyConfusions);
  }

  /** Share of right decisions a family, in position order. */
  public List<Metric> familyAccuracies() {
    return familyConfusions.stream().map(ConfusionCounts::accuracy).toList();
  }

  /** The name of an ensemble of this size: none, solo, duo and so on, then {@code 12 players}. */
  public static String nameOf(int size) {
    return size < NAMES.size() ? NAMES.get(size) : size + " players";
  }
}
