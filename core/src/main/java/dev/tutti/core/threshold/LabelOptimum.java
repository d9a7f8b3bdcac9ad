package dev.tutti.core.threshold;

import dev.tutti.core.score.RankedCuts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The best that one threshold can do for a label, by trying every cut between its scores, and every
 * threshold that does it.
 *
 * @param value of the objective
 * @param intervals all optimal thresholds, the lowest first, one interval a cut
 */
public record LabelOptimum(double value, List<ThresholdInterval> intervals) {
  /** Copies the list. */
  public LabelOptimum {
    intervals = List.copyOf(intervals);
  }

  /** Tries every cut. Takes time in proportion to the cuts. */
  public static LabelOptimum of(RankedCuts cuts, LabelObjective objective) {
    return of(cuts, objective, interval -> true);
  }

  /**
   * As {@link #of}, but where the scores are probabilities tries only thresholds within 0..1, as
   * {@link Thresholds} accepts them. A score of exactly 0 cannot be found then, as none of them
   * lies below it.
   */
  public static LabelOptimum usable(RankedCuts cuts, LabelObjective objective) {
    return of(
        cuts,
        objective,
        cuts.areProbabilities() ? ThresholdInterval::isReachable : interval -> true);
  }

  private static LabelOptimum of(
      RankedCuts cuts, LabelObjective objective, Predicate<ThresholdInterval> tried) {
    double best = Double.NEGATIVE_INFINITY;
    List<ThresholdInterval> intervals = new ArrayList<>();
    for (int found = cuts.size(); found >= 0; found--) {
      double value = value(cuts, objective, found);
      if (value < best) {
        continue;
      }
      ThresholdInterval interval = interval(cuts, found);
      if (tried.test(interval)) {
        if (value > best) {
          intervals.clear();
        }
        best = value;
        intervals.add(interval);
      }
    }
    return new LabelOptimum(best, intervals);
  }

  /** The thresholds that find the cases of the {@code found} highest distinct scores. */
  private static ThresholdInterval interval(RankedCuts cuts, int found) {
    return new ThresholdInterval(
        found == cuts.size() ? Double.NEGATIVE_INFINITY : cuts.score(found),
        found == 0 ? Double.POSITIVE_INFINITY : cuts.score(found - 1));
  }

  /** The objective where the cases of the {@code found} highest distinct scores are found. */
  static double value(RankedCuts cuts, LabelObjective objective, int found) {
    long truePositives = found == 0 ? 0 : cuts.truePositives(found - 1);
    long falsePositives = found == 0 ? 0 : cuts.falsePositives(found - 1);
    return objective.value(
        truePositives,
        falsePositives,
        cuts.positives() - truePositives,
        cuts.negatives() - falsePositives);
  }

  /**
   * The chosen threshold: the middle of the interval that covers most of 0..1, where scores of new
   * samples have most room; of equally wide ones the lowest. It lies within 0..1 unless only a
   * threshold below the lowest or above the highest score, outside 0..1, is optimal (with a score
   * of exactly 0 that must be found, for example).
   */
  public double threshold() {
    return widest(intervals).middle();
  }

  static ThresholdInterval widest(List<ThresholdInterval> intervals) {
    ThresholdInterval widest = intervals.get(0);
    for (ThresholdInterval interval : intervals) {
      // [1, infinity) has no width within 0..1, yet a threshold of 1 lies in it.
      boolean reachable = !within(widest) && within(interval);
      if (interval.width() > widest.width() || reachable) {
        widest = interval;
      }
    }
    return widest;
  }

  private static boolean within(ThresholdInterval interval) {
    double middle = interval.middle();
    return middle >= 0 && middle <= 1;
  }
}
