package dev.tutti.core.threshold;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.score.ScoreMatrix;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Improves one label's threshold at a time, each time to the best of all cuts between its scores
 * while the others stay, until no single change helps. That is a local optimum; other starts may
 * lead to better ones, so the search begins anew from several: the given thresholds, each label's
 * own best F1, and random cuts.
 *
 * <p>Where a label's scores are probabilities, only thresholds within 0..1 are tried. Of equally
 * good thresholds the present one stays; otherwise the choice is that of {@link
 * LabelOptimum#threshold}. Draws are those of {@link Random}, which are specified.
 */
public final class CoordinateAscent {
  private final LabelMatrix truth;
  private final ScoreMatrix scores;
  private final JointDecisions decisions;

  /**
   * Sorts the scores of each label once.
   *
   * @throws IllegalArgumentException where the shapes differ
   */
  public CoordinateAscent(LabelMatrix truth, ScoreMatrix scores, JointObjective objective) {
    this.truth = truth;
    this.scores = scores;
    this.decisions = new JointDecisions(truth, scores, objective);
  }

  /**
   * Searches.
   *
   * @param start one threshold a label
   * @param restarts how many further starts, from 0 on
   * @throws IllegalArgumentException where the number of thresholds differs
   */
  public JointOptimum search(double[] start, int restarts, long seed, SearchProgress progress) {
    checkLength(start, truth.labels());
    Random random = new Random(seed);
    decisions.decide(start);
    long startWorth = decisions.worth();
    long best = Long.MIN_VALUE;
    double[] thresholds = start;
    for (int i = 0; i <= restarts; i++) {
      decisions.decide(i == 0 ? start : i == 1 ? ownBest() : random(random));
      boolean better = true;
      while (better) {
        better = sweep();
      }
      if (decisions.worth() > best) {
        best = decisions.worth();
        thresholds = decisions.thresholds();
      }
      progress.step(i + 1, restarts + 1, decisions.mean(best));
    }
    return new JointOptimum(thresholds, decisions.mean(best), decisions.mean(startWorth));
  }

  static void checkLength(double[] start, int labels) {
    if (start.length != labels) {
      throw new IllegalArgumentException(
          "%d thresholds to start from for %d labels".formatted(start.length, labels));
    }
  }

  /** Improves every label once; whether any could be. */
  private boolean sweep() {
    boolean better = false;
    for (int label = 0; label < truth.labels(); label++) {
      JointDecisions.Best best = decisions.best(label);
      if (best.worth() > decisions.worth()) {
        decisions.set(label, LabelOptimum.widest(best.intervals()).middle());
        better = true;
      }
    }
    return better;
  }

  private double[] ownBest() {
    return IntStream.range(0, truth.labels())
        .mapToObj(label -> RankedCuts.ofLabel(truth, scores, label))
        .mapToDouble(cuts -> LabelOptimum.usable(cuts, LabelObjective.f1()).threshold())
        .toArray();
  }

  /** For each label the score of a random sample. */
  private double[] random(Random random) {
    double[] thresholds = new double[truth.labels()];
    for (int label = 0; label < thresholds.length; label++) {
      thresholds[label] = truth.rows() == 0 ? 0.5 : scores.get(random.nextInt(truth.rows()), label);
    }
    return thresholds;
  }
}
