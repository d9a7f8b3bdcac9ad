package dev.tutti.worker.training.validation;

import dev.tutti.core.calibration.LabelCases;
import dev.tutti.core.calibration.PlattScaling;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.threshold.CoordinateAscent;
import dev.tutti.core.threshold.JointObjective;
import dev.tutti.core.threshold.LabelObjective;
import dev.tutti.core.threshold.LabelOptimum;
import dev.tutti.core.threshold.SearchProgress;
import dev.tutti.core.threshold.Thresholds;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Thresholds and calibrations, fitted on validation samples.
 *
 * @param objectives thresholds by what they are best for
 * @param calibrations that turn each family's probability into a calibrated one
 */
public record Decisions(
    Map<String, Thresholds> objectives, Map<InstrumentFamily, PlattScaling> calibrations) {
  /**
   * The thresholds that a bank decides by unless told otherwise: what the notebook searched for.
   */
  public static final String DEFAULT = "jaccard";

  private static final int RESTARTS = 8;

  /** Fits everything. */
  public static Decisions fit(Scored validation) {
    Map<String, Thresholds> objectives = new LinkedHashMap<>();
    objectives.put("accuracy", each(validation, LabelObjective.accuracy()));
    objectives.put("f1", each(validation, LabelObjective.f1()));
    double[] start = values(objectives.get("accuracy"));
    objectives.put("emr", joint(validation, JointObjective.EXACT_MATCH, start));
    objectives.put(DEFAULT, joint(validation, JointObjective.SAMPLES_JACCARD, start));
    Map<InstrumentFamily, PlattScaling> calibrations = new EnumMap<>(InstrumentFamily.class);
    for (int p = 0; p < validation.families().size(); p++) {
      calibrations.put(
          validation.families().get(p),
          PlattScaling.fit(LabelCases.of(validation.truth(), validation.scores(), p)));
    }
    return new Decisions(objectives, calibrations);
  }

  /** The thresholds of some of the families. */
  public static Thresholds of(Thresholds thresholds, FamilySet some) {
    double[] values = new double[some.size()];
    for (int p = 0; p < values.length; p++) {
      values[p] = thresholds.get(thresholds.families().positionOf(some.get(p)));
    }
    return Thresholds.of(some, values);
  }

  private static Thresholds each(Scored validation, LabelObjective objective) {
    double[] thresholds = new double[validation.families().size()];
    for (int p = 0; p < thresholds.length; p++) {
      RankedCuts cuts = RankedCuts.ofLabel(validation.truth(), validation.scores(), p);
      thresholds[p] = clipped(LabelOptimum.of(cuts, objective).threshold());
    }
    return Thresholds.of(validation.families(), thresholds);
  }

  private static Thresholds joint(Scored validation, JointObjective objective, double[] start) {
    double[] found =
        new CoordinateAscent(validation.truth(), validation.scores(), objective)
            .search(start, RESTARTS, 1, SearchProgress.SILENT)
            .thresholds();
    double[] thresholds = new double[found.length];
    for (int p = 0; p < found.length; p++) {
      thresholds[p] = clipped(found[p]);
    }
    return Thresholds.of(validation.families(), thresholds);
  }

  private static double clipped(double threshold) {
    return Math.max(0, Math.min(1, threshold));
  }

  private static double[] values(Thresholds thresholds) {
    double[] values = new double[thresholds.families().size()];
    for (int p = 0; p < values.length; p++) {
      values[p] = thresholds.get(p);
    }
    return values;
  }
}
