package dev.tutti.cli.report;

import dev.tutti.core.json.Json;
import dev.tutti.core.metrics.Metric;
import dev.tutti.core.metrics.PrecisionRecallCurve;
import dev.tutti.core.metrics.Reliability;
import dev.tutti.core.metrics.RocCurve;
import dev.tutti.core.metrics.ScoreMeasure;
import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.score.ScoredMatrices;
import dev.tutti.core.threshold.LabelObjective;
import dev.tutti.core.threshold.LabelOptimum;
import dev.tutti.core.threshold.ThresholdCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One label's curve as a table.
 *
 * @param columns their names
 * @param points a row each; null where a number is undefined
 * @param summary what the curve comes to
 */
public record LabelCurve(List<String> columns, List<Object[]> points, Map<String, Object> summary) {
  /** Which curve. */
  public enum Kind {
    pr("threshold,precision,recall") {
      @Override
      public LabelCurve of(ScoredMatrices files, int label, int bins) {
        RankedCuts cuts = RankedCuts.ofLabel(files.truth(), files.scores(), label);
        PrecisionRecallCurve curve = PrecisionRecallCurve.of(cuts);
        List<Object[]> points = new ArrayList<>();
        for (int i = 0; i < curve.precision().length; i++) {
          boolean last = i == curve.thresholds().length;
          points.add(
              new Object[] {
                last ? null : curve.thresholds()[i], curve.precision()[i], curve.recall()[i]
              });
        }
        return table(points, "average_precision", ScoreMeasure.AVERAGE_PRECISION.of(cuts));
      }
    },
    roc("threshold,false_positive_rate,true_positive_rate") {
      @Override
      public LabelCurve of(ScoredMatrices files, int label, int bins) {
        RankedCuts cuts = RankedCuts.ofLabel(files.truth(), files.scores(), label);
        List<Object[]> points = new ArrayList<>();
        RocCurve.of(cuts).ifPresent(curve -> addPoints(curve, points));
        return table(points, "roc_auc", ScoreMeasure.ROC_AUC.of(cuts));
      }
    },
    reliability("from,to,cases,mean_probability,share_present") {
      @Override
      public LabelCurve of(ScoredMatrices files, int label, int bins) {
        Reliability curve = Reliability.ofLabel(files.truth(), files.scores(), label, bins);
        List<Object[]> points = new ArrayList<>();
        for (Reliability.Bin bin : curve.bins()) {
          points.add(
              new Object[] {
                bin.from(),
                bin.to(),
                bin.cases(),
                number(bin.meanProbability()),
                number(bin.sharePresent())
              });
        }
        return table(points, "expected_calibration_error", curve.expectedCalibrationError());
      }
    },
    accuracy("threshold,accuracy") {
      @Override
      public LabelCurve of(ScoredMatrices files, int label, int bins) {
        RankedCuts cuts = RankedCuts.ofLabel(files.truth(), files.scores(), label);
        ThresholdCurve curve = ThresholdCurve.of(cuts, LabelObjective.accuracy());
        List<Object[]> points = new ArrayList<>();
        for (int i = 0; i < curve.values().length; i++) {
          points.add(new Object[] {finite(curve.thresholds()[i]), curve.values()[i]});
        }
        LabelOptimum best = LabelOptimum.usable(cuts, LabelObjective.accuracy());
        boolean any = cuts.size() > 0;
        return new LabelCurve(
            names(),
            any ? points : List.of(),
            Json.object(
                "best_accuracy", any ? best.value() : "undefined: there are no samples",
                "best_threshold", any ? best.threshold() : "undefined: there are no samples"));
      }
    };

    private final String columns;

    Kind(String columns) {
      this.columns = columns;
    }

    /** Their names, separated by commas. */
    public List<String> names() {
      return List.of(columns.split(",", -1));
    }

    /** The curve of one label. */
    public abstract LabelCurve of(ScoredMatrices files, int label, int bins);

    LabelCurve table(List<Object[]> points, String name, Metric figure) {
      return new LabelCurve(names(), points, Json.object(name, SklearnFigures.value(figure)));
    }
  }

  private static void addPoints(RocCurve curve, List<Object[]> points) {
    for (int i = 0; i < curve.thresholds().length; i++) {
      points.add(
          new Object[] {
            finite(curve.thresholds()[i]), curve.falsePositiveRate()[i], curve.truePositiveRate()[i]
          });
    }
  }

  /** JSON has no infinity; a text stands for it. */
  private static Object finite(double number) {
    return Double.isInfinite(number) ? Double.toString(number) : (Object) number;
  }

  private static Object number(Metric metric) {
    return metric.value().isPresent() ? metric.value().getAsDouble() : null;
  }

  /** A list for each column. */
  public Map<String, Object> toJson() {
    Map<String, Object> lists = Json.object();
    for (int column = 0; column < columns.size(); column++) {
      List<Object> values = new ArrayList<>();
      for (Object[] point : points) {
        values.add(point[column]);
      }
      lists.put(columns.get(column), values);
    }
    return lists;
  }
}
