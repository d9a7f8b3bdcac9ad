package dev.tutti.core.metrics;

import dev.tutti.core.score.LabelMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every measure of decisions against truths, defined as in scikit-learn 1.2. Unknown truths are
 * left out: they are neither right nor wrong.
 */
public final class DecisionScores {
  private static final String NOTHING = "there is nothing to judge";

  private final LabelMatrix truth;
  private final LabelMatrix decisions;
  private final List<ConfusionCounts> byLabel;

  /** How many samples have which counts: few differ. */
  private final Map<ConfusionCounts, Long> bySample;

  /**
   * Judges decisions.
   *
   * @throws IllegalArgumentException where the shapes differ
   */
  public DecisionScores(LabelMatrix truth, LabelMatrix decisions) {
    truth.checkSameShape("decisions", decisions.rows(), decisions.labels());
    this.truth = truth;
    this.decisions = decisions;
    this.byLabel =
        IntStream.range(0, truth.labels())
            .mapToObj(label -> count(0, truth.rows(), label, label + 1))
            .toList();
    // A sample whose every truth is unknown says nothing.
    this.bySample =
        IntStream.range(0, truth.rows())
            .mapToObj(row -> count(row, row + 1, 0, truth.labels()))
            .filter(counts -> counts.total() > 0)
            .collect(Collectors.groupingBy(counts -> counts, Collectors.counting()));
  }

  private ConfusionCounts count(int fromRow, int toRow, int fromLabel, int toLabel) {
    long[] counts = new long[4];
    for (int row = fromRow; row < toRow; row++) {
      for (int label = fromLabel; label < toLabel; label++) {
        if (truth.isKnown(row, label)) {
          boolean present = truth.isPresent(row, label);
          counts[(present ? 2 : 0) + (decisions.isPresent(row, label) ? 1 : 0)]++;
        }
      }
    }
    return new ConfusionCounts(counts[3], counts[1], counts[2], counts[0]);
  }

  /** One confusion a label. */
  public List<ConfusionCounts> confusions() {
    return byLabel;
  }

  /** All cells together. */
  public ConfusionCounts pooled() {
    return byLabel.stream().reduce(ConfusionCounts.NONE, ConfusionCounts::plus);
  }

  /** The share of samples whose every known label was decided right (EMR, subset accuracy). */
  public Metric exactMatchRatio() {
    List<Metric> exact =
        bySample.keySet().stream().map(c -> Metric.of(c.errors() == 0 ? 1 : 0)).toList();
    return Metric.weightedMean(exact, sampleCounts(), NOTHING);
  }

  /** The share of wrong decisions. */
  public Metric hammingLoss() {
    return Metric.ratio(pooled().errors(), pooled().total(), NOTHING);
  }

  /** The share of right decisions. */
  public Metric bitAccuracy() {
    return pooled().accuracy();
  }

  /** The share of right decisions a label. */
  public List<Metric> accuracies() {
    return byLabel.stream().map(ConfusionCounts::accuracy).toList();
  }

  /** One figure a label; undefined for all where there are no samples. */
  public List<Metric> perLabel(DecisionMeasure measure, ZeroDivision zeroDivision) {
    return byLabel.stream().map(counts -> of(measure, counts, zeroDivision)).toList();
  }

  /**
   * One figure for all.
   *
   * <p>Where no label is ever present, the weights of {@link Averaging#WEIGHTED} are all 0:
   * scikit-learn then takes the micro average, and for Jaccard the macro average; so does this,
   * unless the convention is {@link ZeroDivision#UNDEFINED}.
   */
  public Metric average(DecisionMeasure measure, Averaging averaging, ZeroDivision zeroDivision) {
    if (bySample.isEmpty()) {
      return Metric.undefined(NOTHING);
    }
    return switch (averaging) {
      case MICRO -> of(measure, pooled(), zeroDivision);
      case MACRO -> Metric.mean(perLabel(measure, zeroDivision), "it is undefined for every label");
      case WEIGHTED -> weighted(measure, zeroDivision);
      case SAMPLES ->
          Metric.weightedMean(
              bySample.keySet().stream().map(c -> of(measure, c, zeroDivision)).toList(),
              sampleCounts(),
              "it is undefined for every sample");
    };
  }

  private long[] sampleCounts() {
    return bySample.values().stream().mapToLong(Long::longValue).toArray();
  }

  private Metric weighted(DecisionMeasure measure, ZeroDivision zeroDivision) {
    long[] weights = byLabel.stream().mapToLong(ConfusionCounts::present).toArray();
    if (pooled().present() == 0 && zeroDivision != ZeroDivision.UNDEFINED) {
      return average(
          measure,
          measure == DecisionMeasure.JACCARD ? Averaging.MACRO : Averaging.MICRO,
          zeroDivision);
    }
    return Metric.weightedMean(perLabel(measure, zeroDivision), weights, "no label is present");
  }

  private static Metric of(
      DecisionMeasure measure, ConfusionCounts counts, ZeroDivision zeroDivision) {
    return counts.total() == 0 ? Metric.undefined(NOTHING) : measure.of(counts, zeroDivision);
  }

  /**
   * The same by the number of labels present, for the numbers that occur, the smallest first.
   * Samples with an unknown label belong to no group.
   */
  public List<GroupReport> groups() {
    List<GroupReport> groups = new ArrayList<>();
    int[] sizes = IntStream.range(0, truth.rows()).map(truth::cardinality).toArray();
    for (int size = 0; size <= truth.labels(); size++) {
      int wanted = size;
      int[] rows = IntStream.range(0, sizes.length).filter(r -> sizes[r] == wanted).toArray();
      if (rows.length > 0) {
        groups.add(new DecisionScores(truth.select(rows), decisions.select(rows)).report(size));
      }
    }
    return groups;
  }

  private GroupReport report(int size) {
    return new GroupReport(
        size,
        GroupReport.nameOf(size),
        truth.rows(),
        exactMatchRatio(),
        average(DecisionMeasure.JACCARD, Averaging.SAMPLES, ZeroDivision.ZERO),
        bitAccuracy(),
        byLabel);
  }
}
