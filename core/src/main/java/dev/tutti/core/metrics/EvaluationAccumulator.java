package dev.tutti.core.metrics;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.threshold.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Collects truths and probabilities sample by sample and reports every measure at any time.
 *
 * <p>The accumulators of two halves, merged, report exactly what one of the whole would, in
 * whatever order the samples came: everything rests on counts and on ordered scores. Keeps 16 bytes
 * a sample and family. For one thread.
 */
public final class EvaluationAccumulator {
  private static final int CALIBRATION_BINS = 10;

  /** Up to here, ranked figures are cheap enough to be computed for every running report. */
  private static final int ALWAYS_RANKED = 1 << 15;

  /** From there on, whenever the samples have grown by this part. */
  private static final int RANKED_GROWTH = 20;

  private final Thresholds thresholds;
  private final FamilySet families;

  /** One for each ensemble size from 0 to the number of families. */
  private final List<GroupAccumulator> groups;

  /** Samples in which a family is unknown, and so the size. */
  private final GroupAccumulator unsized;

  private final LabelVector allKnown;

  /** The scores of each family over all sizes. */
  private final List<RankedScores> scores;

  private final LabelRankingCounts ranking = new LabelRankingCounts();

  /** The ranked figures of the last running report. */
  private RankedFigures ranked = new RankedFigures(0, null, null);

  /** Figures that depend on the order of all scores. */
  private record RankedFigures(long samples, Metric meanAveragePrecision, Metric withinKAuc) {}

  public EvaluationAccumulator(Thresholds thresholds) {
    this.thresholds = thresholds;
    this.families = thresholds.families();
    int count = families.size();
    this.groups =
        IntStream.rangeClosed(0, count)
            .mapToObj(size -> new GroupAccumulator(size, count))
            .toList();
    this.unsized = new GroupAccumulator(-1, count);
    this.allKnown = LabelVector.of(families, families.asList());
    this.scores = IntStream.range(0, count).mapToObj(position -> new RankedScores()).toList();
  }

  /**
   * Adds a sample.
   *
   * @param probabilities one a family in position order, each in 0..1
   * @throws IllegalArgumentException where the truth has other families than the thresholds, or a
   *     probability is missing or out of range (its family is named); nothing is added then
   */
  public void add(LabelVector truth, float[] probabilities) {
    double[] widened = new double[probabilities.length];
    for (int p = 0; p < widened.length; p++) {
      widened[p] = probabilities[p];
    }
    add(truth, widened);
  }

  /** As {@link #add(LabelVector, float[])}, for probabilities in double precision. */
  public void add(LabelVector truth, double[] probabilities) {
    add(truth, allKnown, probabilities);
  }

  /**
   * Adds a sample of which not every truth is known. What is unknown is left out: it is neither
   * right nor wrong. A sample with an unknown family belongs to no ensemble size, one without any
   * known family is not counted.
   *
   * @param truth where a family is unknown, its bit does not matter
   * @param known the families whose truth is known
   * @param probabilities one a family, also of the unknown ones, each in 0..1
   * @throws IllegalArgumentException as {@link #add(LabelVector, float[])}
   */
  public void add(LabelVector truth, LabelVector known, double[] probabilities) {
    checkFamilies(truth.families());
    checkFamilies(known.families());
    LabelVector decided = thresholds.decide(probabilities);
    for (int p = 0; p < probabilities.length; p++) {
      if (!(probabilities[p] >= 0 && probabilities[p] <= 1)) {
        throw new IllegalArgumentException(
            "the probability of %s is %s; accepted are 0 to 1"
                .formatted(families.get(p), probabilities[p]));
      }
    }
    if (known.bits() == 0) {
      return;
    }
    boolean sized = known.equals(allKnown);
    GroupAccumulator group = sized ? groups.get(truth.cardinality()) : unsized;
    group.add(truth, decided, known, probabilities);
    ranking.add(truth, known, probabilities);
    for (int p = 0; p < probabilities.length; p++) {
      if (known.isPresent(p)) {
        scores.get(p).add(probabilities[p], truth.isPresent(p));
      }
    }
  }

  /**
   * Adds everything that another accumulator holds, which stays as it is.
   *
   * @throws IllegalArgumentException where its thresholds differ
   */
  public void merge(EvaluationAccumulator other) {
    if (!thresholds.equals(other.thresholds)) {
      throw new IllegalArgumentException(
          "evaluations with thresholds %s and %s cannot be merged"
              .formatted(thresholds, other.thresholds));
    }
    for (int size = 0; size < groups.size(); size++) {
      groups.get(size).addAll(other.groups.get(size));
    }
    unsized.addAll(other.unsized);
    ranked = new RankedFigures(0, null, null);
    ranking.addAll(other.ranking);
    for (int p = 0; p < scores.size(); p++) {
      scores.get(p).addAll(other.scores.get(p));
    }
  }

  /** Everything, exactly. */
  public EvaluationReport report() {
    return report(
        rankedFigures(),
        positions().mapToObj(this::familyReport).toList(),
        groups.stream()
            .filter(group -> group.overlaps().samples() > 0)
            .map(GroupAccumulator::report)
            .toList());
  }

  /**
   * The headline figures without families and groups, for asking again and again.
   *
   * <p>Counted figures are as exact as those of {@link #report()}. So are the ranked ones (mean
   * average precision, area under the curve within a size) up to 32,768 samples; beyond, they are
   * those of the samples up to an earlier report, at least 20 of every 21 samples: each takes a
   * walk over all scores, and walks at every hundredth of a million samples would take hours.
   */
  public EvaluationReport running() {
    long samples = overlaps().samples();
    if (samples <= ALWAYS_RANKED || (samples - ranked.samples) * RANKED_GROWTH >= ranked.samples) {
      ranked = rankedFigures();
    }
    return report(ranked, List.of(), List.of());
  }

  private RankedFigures rankedFigures() {
    return new RankedFigures(
        overlaps().samples(),
        meanOverFamilies(this::averagePrecision),
        meanOverFamilies(this::withinKAuc));
  }

  private OverlapCounts overlaps() {
    OverlapCounts overlaps = new OverlapCounts(families.size());
    groups.forEach(group -> overlaps.addAll(group.overlaps()));
    overlaps.addAll(unsized.overlaps());
    return overlaps;
  }

  private EvaluationReport report(
      RankedFigures figures, List<FamilyReport> familyReports, List<GroupReport> groupReports) {
    OverlapCounts overlaps = overlaps();
    return new EvaluationReport(
        overlaps.samples(),
        overlaps.exactMatchRatio(),
        overlaps.jaccardSamples(),
        overlaps.bitAccuracy(),
        figures.meanAveragePrecision(),
        figures.withinKAuc(),
        ranking.report(),
        familyReports,
        groupReports);
  }

  private FamilyReport familyReport(int position) {
    ConfusionCounts confusion =
        Stream.concat(groups.stream(), Stream.of(unsized))
            .map(group -> group.confusion(position))
            .reduce(ConfusionCounts.NONE, ConfusionCounts::plus);
    return new FamilyReport(
        families.get(position),
        thresholds.get(position),
        confusion,
        confusion.accuracy(),
        confusion.precision(),
        confusion.recall(),
        confusion.f1(),
        averagePrecision(position),
        withinKAuc(position),
        scores.get(position).report(CALIBRATION_BINS));
  }

  private Metric averagePrecision(int position) {
    RankedScores ranked = scores.get(position);
    return ranked.hasPositives()
        ? Metric.of(ranked.averagePrecision())
        : Metric.undefined("the family is never present");
  }

  private Metric withinKAuc(int position) {
    List<Metric> areas = new ArrayList<>();
    for (GroupAccumulator group : groups) {
      RankedScores ranked = group.scores(position);
      if (ranked.hasBoth()) {
        areas.add(Metric.of(ranked.areaUnderCurve()));
      }
    }
    return Metric.mean(areas, "no ensemble size has samples both with and without the family");
  }

  private Metric meanOverFamilies(IntFunction<Metric> metric) {
    List<Metric> metrics = positions().mapToObj(metric).toList();
    return Metric.mean(metrics, "it is undefined for every family");
  }

  private IntStream positions() {
    return IntStream.range(0, families.size());
  }

  private void checkFamilies(FamilySet other) {
    if (!families.equals(other)) {
      throw new IllegalArgumentException(
          "the truth has the families %s, the evaluation %s".formatted(other, families));
    }
  }
}
