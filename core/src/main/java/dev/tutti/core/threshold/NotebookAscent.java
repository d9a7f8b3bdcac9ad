package dev.tutti.core.threshold;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;

/**
 * The public notebook's ascent: label by label the threshold is moved by 0.01 down and up, kept
 * within 0..1; what raises the objective is kept, and the next label follows. Up to ten rounds,
 * fewer where a round changes nothing. {@link CoordinateAscent} tries every threshold instead.
 */
public final class NotebookAscent {
  /** Which directions are tried. */
  public enum Mode {
    /** Down, and where that does not help, up. */
    BOTH_DIRECTIONS,
    /**
     * As in the notebook: the step up is added to the threshold that was already moved down, so
     * that it leads back to the start and no threshold ever rises (except by what the lower bound
     * cut off on the way down).
     */
    NOTEBOOK
  }

  private static final double STEP = 0.01;
  private static final int ROUNDS = 10;

  private NotebookAscent() {}

  /**
   * Searches.
   *
   * @param start one threshold a label
   * @throws IllegalArgumentException where the number of thresholds differs
   */
  public static JointOptimum search(
      LabelMatrix truth,
      ScoreMatrix scores,
      JointObjective objective,
      double[] start,
      Mode mode,
      SearchProgress progress) {
    CoordinateAscent.checkLength(start, truth.labels());
    JointDecisions decisions = new JointDecisions(truth, scores, objective);
    decisions.decide(start);
    long startWorth = decisions.worth();
    boolean better = true;
    for (int round = 1; round <= ROUNDS && better; round++) {
      better = false;
      for (int label = 0; label < start.length; label++) {
        better |= improve(decisions, label, mode);
      }
      progress.step(round, ROUNDS, decisions.mean(decisions.worth()));
    }
    return new JointOptimum(
        decisions.thresholds(), decisions.mean(decisions.worth()), decisions.mean(startWorth));
  }

  /** Moves a label's threshold where that helps. */
  private static boolean improve(JointDecisions decisions, int label, Mode mode) {
    double present = decisions.thresholds()[label];
    long worth = decisions.worth();
    double down = Math.max(0, Math.min(1, present - STEP));
    decisions.set(label, down);
    if (decisions.worth() > worth) {
      return true;
    }
    double from = mode == Mode.NOTEBOOK ? down : present;
    decisions.set(label, Math.max(0, Math.min(1, from + STEP)));
    if (decisions.worth() > worth) {
      return true;
    }
    decisions.set(label, present);
    return false;
  }
}
