package dev.tutti.core.metrics;

import dev.tutti.core.score.RankedCuts;

/** The measures of a ranking by score, which need no threshold. */
public enum ScoreMeasure {
  /**
   * The area under the precision-recall steps: the sum over the cuts from the highest score of
   * (recall - recall before) x precision. Undefined where nothing is present.
   */
  AVERAGE_PRECISION {
    @Override
    public Metric of(RankedCuts cuts) {
      if (cuts.positives() == 0) {
        return Metric.undefined(NOTHING_PRESENT);
      }
      double sum = 0;
      int before = 0;
      for (int i = 0; i < cuts.size(); i++) {
        int found = cuts.truePositives(i);
        if (found > before) {
          sum += (double) (found - before) * found / ((double) found + cuts.falsePositives(i));
          before = found;
        }
      }
      return Metric.of(sum / cuts.positives());
    }
  },
  /**
   * The probability that a present case outscores an absent one, equal scores counting half: the
   * area under the ROC curve. Undefined unless there are both.
   */
  ROC_AUC {
    @Override
    public Metric of(RankedCuts cuts) {
      if (cuts.positives() == 0 || cuts.negatives() == 0) {
        return Metric.undefined(cuts.positives() == 0 ? NOTHING_PRESENT : "everything is present");
      }
      // Twice the area in units of pairs, which stays exact.
      long doubled = 0;
      long found = 0;
      long mistaken = 0;
      for (int i = 0; i < cuts.size(); i++) {
        doubled += (cuts.falsePositives(i) - mistaken) * (found + cuts.truePositives(i));
        found = cuts.truePositives(i);
        mistaken = cuts.falsePositives(i);
      }
      return Metric.of(doubled / 2.0 / cuts.positives() / cuts.negatives());
    }
  };

  private static final String NOTHING_PRESENT = "nothing is present";

  /** The measure of one yes-or-no question. */
  public abstract Metric of(RankedCuts cuts);
}
