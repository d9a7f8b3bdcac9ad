package dev.tutti.core.threshold;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.Random;

/**
 * The public notebook's random search: to every threshold of the start a number drawn uniformly
 * from -0.0001 to 0.1 is added, never going below 0; the best of N tries is kept. Every try begins
 * from the start again. The start itself is the first candidate, so that the result is never worse.
 *
 * <p>Draws are those of {@link Random}, label by label, try by try.
 */
public final class NotebookRandomSearch {
  private static final double LOWEST = -0.0001;
  private static final double HIGHEST = 0.1;

  private NotebookRandomSearch() {}

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
      Draws draws,
      SearchProgress progress) {
    CoordinateAscent.checkLength(start, truth.labels());
    Random random = new Random(draws.seed());
    JointDecisions decisions = new JointDecisions(truth, scores, objective);
    decisions.decide(start);
    long startWorth = decisions.worth();
    long best = startWorth;
    double[] thresholds = start.clone();
    double[] tried = new double[start.length];
    for (int i = 0; i < draws.tries(); i++) {
      for (int label = 0; label < tried.length; label++) {
        double added = LOWEST + (HIGHEST - LOWEST) * random.nextDouble();
        tried[label] = Math.max(0, start[label] + added);
      }
      decisions.decide(tried);
      if (decisions.worth() > best) {
        best = decisions.worth();
        thresholds = tried.clone();
      }
      progress.step(i + 1, draws.tries(), decisions.mean(best));
    }
    return new JointOptimum(thresholds, decisions.mean(best), decisions.mean(startWorth));
  }

  /**
   * How often to draw.
   *
   * @param tries from 0 on
   */
  public record Draws(int tries, long seed) {}
}
