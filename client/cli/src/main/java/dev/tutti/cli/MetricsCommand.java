package dev.tutti.cli;

import dev.tutti.cli.report.FurtherFigures;
import dev.tutti.cli.report.Intervals;
import dev.tutti.cli.report.SklearnFigures;
import dev.tutti.core.metrics.Bootstrap;
import dev.tutti.core.score.ScoredMatrices;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code tutti metrics}. */
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Scores probabilities against truths, both from NumPy files. Needs no server.",
      "Conventions are scikit-learn's: names ending in _zd1 have zero_division=1, the others 0; the",
      "average precision of a label that is never present counts 0. What is undefined says why."
    })
final class MetricsCommand extends ScoredVerb {
  private static final double LEVEL = 0.95;

  @Option(
      names = "--thresholds",
      split = ",",
      defaultValue = "0.5",
      paramLabel = "T",
      description = {
        "Decision thresholds, one for all or one a label; present is what scores above.",
        "Default: 0.5"
      })
  private double[] thresholds;

  @Option(
      names = "--all",
      description = {
        "Further figures: losses of probabilities, by group size, within-k AUC, solo notes.",
        "The scores must be probabilities then."
      })
  private boolean all;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description = "95 %% intervals of the headline figures from N resamples, such as 1000.")
  private Integer resamples;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the resamples. Default: 1")
  private long seed;

  @Override
  void check() {
    if (resamples != null && resamples < 1) {
      throw wrong("--bootstrap", resamples, "1 or more");
    }
  }

  @Override
  Map<String, Object> figures(ScoredMatrices matrices) {
    Map<String, Object> figures = new SklearnFigures(matrices, thresholds).asMap();
    if (all) {
      figures.putAll(FurtherFigures.of(matrices, thresholds));
    }
    if (resamples != null) {
      figures.put("intervals", intervals(matrices));
    }
    return figures;
  }

  private Map<String, Object> intervals(ScoredMatrices matrices) {
    return Intervals.toFigures(
        new Bootstrap(resamples, LEVEL, seed)
            .intervals(matrices.truth(), matrices.scores(), matrices.scores().decide(thresholds)));
  }
}
