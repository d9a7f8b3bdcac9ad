package dev.tutti.cli;

import dev.tutti.core.json.Json;
import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.score.ScoredMatrices;
import dev.tutti.core.threshold.JointObjective;
import dev.tutti.core.threshold.JointOptimum;
import dev.tutti.core.threshold.LabelObjective;
import dev.tutti.core.threshold.LabelOptimum;
import dev.tutti.core.threshold.ThresholdInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code tutti thresholds}. */
@Command(
    name = "thresholds",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds the thresholds that decide best on scores from a NumPy file. Needs no server.",
      "Report figures on other samples than those the thresholds were tuned on."
    })
final class ThresholdsCommand extends ScoredVerb {
  /** What to tune for. */
  enum Objective {
    f1,
    fbeta,
    accuracy,
    youden,
    cost,
    jaccard,
    emr
  }

  @Option(
      names = "--objective",
      required = true,
      description = {
        "f1, fbeta, accuracy, youden, cost: the exact optimum of each label by itself: the middle"
            + " of the widest gap between scores that reaches it.",
        "jaccard (mean over samples), emr (exact match ratio): of all labels together, as good as"
            + " --method finds it."
      })
  private Objective objective;

  @Option(
      names = "--beta",
      defaultValue = "2",
      description = "fbeta: how much recall weighs against precision. Default: ${DEFAULT-VALUE}")
  private double beta;

  @Option(
      names = "--costs",
      split = ",",
      arity = "1",
      defaultValue = "1,1",
      paramLabel = "C",
      description = "cost: of a false positive and of a miss. Default: ${DEFAULT-VALUE}")
  private double[] costs;

  @Mixin private SearchOptions search;

  @Override
  void check() {
    if (objective != Objective.jaccard && objective != Objective.emr) {
      refuseGiven(
          SearchOptions.NAMES,
          "for jaccard and emr; of %s each label's optimum is exact".formatted(objective));
    }
    if (search.restarts() < 0) {
      throw wrong("--restarts", search.restarts(), "0 or more");
    }
    if (search.tries() < 0) {
      throw wrong("--tries", search.tries(), "0 or more");
    }
    if (costs.length != 2) {
      throw wrong("--costs", Arrays.toString(costs), "two numbers");
    }
  }

  @Override
  Map<String, Object> figures(ScoredMatrices matrices) {
    return switch (objective) {
      case f1 -> perLabel(matrices, LabelObjective.f1());
      case fbeta -> perLabel(matrices, LabelObjective.fBeta(beta));
      case accuracy -> perLabel(matrices, LabelObjective.accuracy());
      case youden -> perLabel(matrices, LabelObjective.youden());
      case cost -> perLabel(matrices, LabelObjective.cost(costs[0], costs[1]));
      case jaccard -> jointly(matrices, JointObjective.SAMPLES_JACCARD);
      case emr -> jointly(matrices, JointObjective.EXACT_MATCH);
    };
  }

  private Map<String, Object> perLabel(ScoredMatrices matrices, LabelObjective worth) {
    List<Double> thresholds = new ArrayList<>();
    List<Double> best = new ArrayList<>();
    List<Double> reached = new ArrayList<>();
    List<Object> intervals = new ArrayList<>();
    for (int label = 0; label < matrices.truth().labels(); label++) {
      RankedCuts cuts = RankedCuts.ofLabel(matrices.truth(), matrices.scores(), label);
      LabelOptimum optimum = LabelOptimum.of(cuts, worth);
      LabelOptimum usable = LabelOptimum.usable(cuts, worth);
      thresholds.add(usable.threshold());
      best.add(optimum.value());
      reached.add(usable.value());
      intervals.add(optimum.intervals().stream().map(ThresholdsCommand::toJson).toList());
    }
    Map<String, Object> answer =
        Json.object("objective", objective.name(), "thresholds", thresholds, "best", best);
    if (!reached.equals(best)) {
      answer.put("reached", reached);
      answer.put(
          "note", "a score of 0 that must be found needs a threshold below 0, which none may be");
    }
    if (isForPrograms()) {
      answer.put("t_intervals_lo_closed_hi_open", intervals);
    }
    return answer;
  }

  private Map<String, Object> jointly(ScoredMatrices matrices, JointObjective worth) {
    JointOptimum optimum = search.search(matrices, worth, err());
    return Json.object(
        "objective", objective.name(),
        "method", search.method(),
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
