package dev.tutti.core.threshold;

import dev.tutti.core.score.RankedCuts;
import java.util.ArrayList;
import java.util.List;

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
    double best = Double.NEGATIVE_INFINITY;
    double[] values = new double[cuts.size() + 1];
    for (int found = 0; found < values.length; found++) {
      values[found] = value(cuts, objective, found);
      best = Math.max(best, values[found]);
    }
    List<ThresholdInterval> intervals = new ArrayList<>();
    for (int found = cuts.size(); found >= 0; found--) {
      if (values[found] == best) {
        intervals.add(
            new ThresholdInterval(
                found == cuts.size() ? Double.NEGATIVE_INFINITY : cuts.score(found),
                found == 0 ? Double.POSITIVE_INFINITY : cuts.score(found - 1)));
      }
    }
    return new LabelOptimum(best, intervals);
  }

  /** The objective where the cases of the {@code found} highest distinct scores are found. */
  private static double value(RankedCuts cuts, LabelObjective objective, int found) {
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
