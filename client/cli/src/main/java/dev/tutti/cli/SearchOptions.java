package dev.tutti.cli;

import dev.tutti.cli.local.Installation;
import dev.tutti.cli.report.ProgressBar;
import dev.tutti.core.score.ScoredMatrices;
import dev.tutti.core.threshold.CoordinateAscent;
import dev.tutti.core.threshold.JointObjective;
import dev.tutti.core.threshold.JointOptimum;
import dev.tutti.core.threshold.NotebookAscent;
import dev.tutti.core.threshold.NotebookRandomSearch;
import dev.tutti.core.threshold.SearchProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** How the thresholds of all labels are searched for together. */
final class SearchOptions {
  static final List<String> NAMES =
      List.of("--method", "--start", "--restarts", "--tries", "--notebook", "--seed");

  /** The ways. */
  enum Method {
    ascent,
    random,
    steps
  }

  @Option(
      names = "--method",
      defaultValue = "ascent",
      description = {
        "For jaccard and emr. Default: ${DEFAULT-VALUE}",
        "ascent: one label after the other gets the best of all cuts between its scores, until no"
            + " single change helps; begun from --start, from each label's own best F1 and from"
            + " random scores (--restarts), of which the best result counts.",
        "random: --tries times a number drawn evenly from -0.0001 to 0.1 is added to every"
            + " threshold of --start (never below 0), as the notebook does; the best try counts, or"
            + " the start. It looks nowhere but just above --start.",
        "steps: one label after the other moves 0.01 down or else up, within 0 to 1, where that"
            + " helps; at most 10 rounds. The notebook's moves only ever go down: --notebook."
      })
  private Method method;

  @Option(
      names = "--start",
      split = ",",
      paramLabel = "T",
      description = "Thresholds to start from, one a label; for every method. Default: 0.5 each")
  private double[] start;

  @Option(
      names = "--restarts",
      defaultValue = "10",
      paramLabel = "N",
      description =
          "ascent: starts besides --start; the first is each label's best F1, the others are"
              + " random. Default: ${DEFAULT-VALUE}")
  private int restarts;

  @Option(
      names = "--tries",
      defaultValue = "1000",
      paramLabel = "N",
      description = "random: how many. Default: ${DEFAULT-VALUE}")
  private int tries;

  @Option(
      names = "--notebook",
      description =
          "steps: with the notebook's slip: the step up leads back to where the label was, so that"
              + " no threshold rises (except from below 0.01, by what was cut off at 0).")
  private boolean notebook;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the draws of ascent and random. Default: 1")
  private long seed;

  int restarts() {
    return restarts;
  }

  int tries() {
    return tries;
  }

  String method() {
    return method.name();
  }

  /**
   * Searches, showing on a terminal how far it is.
   *
   * @throws IllegalArgumentException where the number of thresholds to start from differs
   */
  JointOptimum search(ScoredMatrices files, JointObjective objective, PrintWriter err) {
    if (!Installation.current().terminal()) {
      return search(files, objective, SearchProgress.SILENT);
    }
    long begin = System.nanoTime();
    try (ProgressBar bar = new ProgressBar(err, true)) {
      return search(
          files,
          objective,
          (done, total, best) -> {
            // A hundred times in all: drawing costs more than a try.
            if (100L * done / total != 100L * (done - 1) / total) {
              Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
              bar.show(done, total, elapsed, "best %.6f".formatted(best));
            }
          });
    }
  }

  private JointOptimum search(
      ScoredMatrices files, JointObjective objective, SearchProgress progress) {
    double[] from = start;
    if (from == null) {
      from = new double[files.truth().labels()];
      Arrays.fill(from, 0.5);
    }
    return switch (method) {
      case ascent ->
          new CoordinateAscent(files.truth(), files.scores(), objective)
              .search(from, restarts, seed, progress);
      case random -> {
        NotebookRandomSearch.Draws draws = new NotebookRandomSearch.Draws(tries, seed);
        yield NotebookRandomSearch.search(
            files.truth(), files.scores(), objective, from, draws, progress);
      }
      case steps ->
          NotebookAscent.search(
              files.truth(),
              files.scores(),
              objective,
              from,
              notebook ? NotebookAscent.Mode.NOTEBOOK : NotebookAscent.Mode.BOTH_DIRECTIONS,
              progress);
    };
  }
}
