package dev.tutti.core.metrics;

import dev.tutti.core.label.LabelVector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Collects the samples of one ensemble size, or those whose size is not known. */
final class GroupAccumulator {
  private static final int OUTCOMES = 4;

  private final int size;
  private final OverlapCounts overlaps;

  /** Four counts a family, at the index that {@link #outcome} gives. */
  private final long[] outcomes;

  private final List<RankedScores> scores = new ArrayList<>();

  GroupAccumulator(int size, int families) {
    this.size = size;
    this.overlaps = new OverlapCounts(families);
    this.outcomes = new long[families * OUTCOMES];
    for (int p = 0; p < families; p++) {
      scores.add(new RankedScores());
    }
  }

  void add(LabelVector truth, LabelVector decided, LabelVector known, double[] probabilities) {
    overlaps.add(truth, decided, known);
    for (int p = 0; p < probabilities.length; p++) {
      if (!known.isPresent(p)) {
        continue;
      }
      boolean present = truth.isPresent(p);
      outcomes[outcome(p, present, decided.isPresent(p))]++;
      scores.get(p).add(probabilities[p], present);
    }
  }

  void addAll(GroupAccumulator other) {
    overlaps.addAll(other.overlaps);
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] += other.outcomes[i];
    }
    for (int p = 0; p < scores.size(); p++) {
      scores.get(p).addAll(other.scores.get(p));
    }
  }

  OverlapCounts overlaps() {
    return overlaps;
  }

  ConfusionCounts confusion(int position) {
    return new ConfusionCounts(
        outcomes[outcome(position, true, true)],
        outcomes[outcome(position, false, true)],
        outcomes[outcome(position, true, false)],
        outcomes[outcome(position, false, false)]);
  }

  /** The scores of one family among the samples of this size. */
  RankedScores scores(int position) {
    return scores.get(position);
  }

  GroupReport report() {
    return new GroupReport(
        size,
        GroupReport.nameOf(size),
        overlaps.samples(),
        overlaps.exactMatchRatio(),
        overlaps.jaccardSamples(),
        overlaps.bitAccuracy(),
        IntStream.range(0, scores.size()).mapToObj(this::confusion).toList());
  }

  private static int outcome(int position, boolean present, boolean decided) {
    return position * OUTCOMES + (present ? 2 : 0) + (decided ? 1 : 0);
  }
}
