package dev.tutti.core.threshold;

/** Hears how far a search is. */
@FunctionalInterface
public interface SearchProgress {
  /** For those who do not want to know. */
  SearchProgress SILENT = (done, total, best) -> {};

  /**
   * A step is done.
   *
   * @param best the objective's best value so far
   */
  void step(int done, int total, double best);
}
