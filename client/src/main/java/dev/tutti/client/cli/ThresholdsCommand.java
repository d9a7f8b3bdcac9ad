package dev.tutti.client.cli;

import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.threshold.CoordinateAscent;
import dev.tutti.core.threshold.JointObjective;
import dev.tutti.core.threshold.JointOptimum;
import dev.tutti.core.threshold.LabelObjective;
import dev.tutti.core.threshold.LabelOptimum;
import dev.tutti.core.threshold.SearchProgress;
import dev.tutti.core.threshold.ThresholdInterval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code tutti thresholds}. */
@Command(
    name = "thresholds",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds the thresholds that decide best on scores from a NumPy file. Needs no server.",
      "Report figures on other samples than those the thresholds were tuned on."
    })
final class ThresholdsCommand implements Callable<Integer> {
  /** What to tune for. */
  enum Objective {
    f1,
    accuracy,
    youden,
    jaccard,
    emr
  }

  @Mixin private ScoredFiles files;

  @Option(
      names = "--objective",
      required = true,
      description = {
        "${COMPLETION-CANDIDATES}. f1, accuracy and youden: the exact optimum of each label.",
        "jaccard (mean over samples), emr (exact match ratio): of all together, by coordinate",
        "ascent."
      })
  private Objective objective;

  @Option(
      names = "--start",
      split = ",",
      paramLabel = "T",
      description = "jaccard, emr: thresholds to start from, one a label. Default: 0.5 each")
  private double[] start;

  @Option(
      names = "--restarts",
      defaultValue = "10",
      description = "jaccard, emr: further starts. Default: ${DEFAULT-VALUE}")
  private int restarts;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the starts. Default: 1")
  private long seed;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ScoredFiles.Matrices matrices = files.read();
    if (restarts < 0) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Invalid value for option '--restarts': " + restarts + "; accepted are 0 and more.");
    }
    Map<String, Object> answer =
        switch (objective) {
          case f1 -> perLabel(matrices, LabelObjective.f1());
          case accuracy -> perLabel(matrices, LabelObjective.accuracy());
          case youden -> perLabel(matrices, LabelObjective.youden());
          case jaccard -> jointly(matrices, JointObjective.SAMPLES_JACCARD);
          case emr -> jointly(matrices, JointObjective.EXACT_MATCH);
        };
    if (json) {
      spec.commandLine().getOut().println(Json.write(answer));
    } else {
      FigureLines.print(answer, spec.commandLine().getOut());
    }
    return CommandLine.ExitCode.OK;
  }

  private Map<String, Object> perLabel(ScoredFiles.Matrices matrices, LabelObjective worth) {
    List<Double> thresholds = new ArrayList<>();
    List<Double> best = new ArrayList<>();
    List<Object> intervals = new ArrayList<>();
    for (int label = 0; label < matrices.truth().labels(); label++) {
      RankedCuts cuts = RankedCuts.ofLabel(matrices.truth(), matrices.scores(), label);
      LabelOptimum optimum = LabelOptimum.of(cuts, worth);
      thresholds.add(optimum.threshold());
      best.add(optimum.value());
      intervals.add(optimum.intervals().stream().map(ThresholdsCommand::toJson).toList());
    }
    Map<String, Object> answer =
        Json.object("objective", objective.name(), "thresholds", thresholds, "best", best);
    if (json) {
      answer.put("t_intervals_lo_closed_hi_open", intervals);
    }
    return answer;
  }

  private Map<String, Object> jointly(ScoredFiles.Matrices matrices, JointObjective worth) {
    double[] from = start;
    if (from == null) {
      from = new double[matrices.truth().labels()];
      Arrays.fill(from, 0.5);
    }
    JointOptimum optimum =
        new CoordinateAscent(matrices.truth(), matrices.scores(), worth)
            .search(from, restarts, seed, SearchProgress.SILENT);
    return Json.object(
        "objective", objective.name(),
        "thresholds", Arrays.stream(optimum.thresholds()).boxed().toList(),
        "best", optimum.value(),
        "start_value", optimum.startValue());
  }

  /** JSON has no infinity; a text stands for it. */
  private static List<Object> toJson(ThresholdInterval interval) {
    return List.of(toJson(interval.from()), toJson(interval.to()));
  }

  private static Object toJson(double end) {
    return Double.isInfinite(end) ? Double.toString(end) : (Object) end;
  }
}
