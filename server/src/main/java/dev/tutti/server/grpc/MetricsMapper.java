package dev.tutti.server.grpc;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.core.metrics.FamilyReport;
import dev.tutti.core.metrics.GroupReport;
import dev.tutti.core.metrics.LabelRankingReport;
import dev.tutti.v1.ConfusionCounts;
import dev.tutti.v1.EvaluationMetrics;
import dev.tutti.v1.FamilyAccuracy;
import dev.tutti.v1.FamilyMetrics;
import dev.tutti.v1.GroupMetrics;
import dev.tutti.v1.LabelRankingMetrics;
import dev.tutti.v1.Metric;

/** Evaluation reports, from the domain onto the wire. */
final class MetricsMapper {
  private MetricsMapper() {}

  static EvaluationMetrics toProto(EvaluationReport report, FamilySet families) {
    EvaluationMetrics.Builder metrics =
        EvaluationMetrics.newBuilder()
            .setSamples(report.samples())
            .setExactMatchRatio(toProto(report.exactMatchRatio()))
            .setJaccardSamples(toProto(report.jaccardSamples()))
            .setBitAccuracy(toProto(report.bitAccuracy()))
            .setMeanAveragePrecision(toProto(report.meanAveragePrecision()))
            .setWithinKAuc(toProto(report.withinKAuc()))
            .setRanking(toProto(report.ranking()));
    report.families().forEach(family -> metrics.addFamilies(toProto(family)));
    report.groups().forEach(group -> metrics.addGroups(toProto(group, families)));
    return metrics.build();
  }

  private static FamilyMetrics toProto(FamilyReport family) {
    return FamilyMetrics.newBuilder()
        .setFamily(FamilyMapper.toProto(family.family()))
        .setThreshold(family.threshold())
        .setConfusion(toProto(family.confusion()))
        .setAccuracy(toProto(family.accuracy()))
        .setPrecision(toProto(family.precision()))
        .setRecall(toProto(family.recall()))
        .setF1(toProto(family.f1()))
        .setAveragePrecision(toProto(family.averagePrecision()))
        .setWithinKAuc(toProto(family.withinKAuc()))
        .setRocAuc(toProto(family.probabilities().rocAuc()))
        .setBrier(toProto(family.probabilities().brier()))
        .setLogLoss(toProto(family.probabilities().logLoss()))
        .setExpectedCalibrationError(toProto(family.probabilities().expectedCalibrationError()))
        .build();
  }

  private static GroupMetrics toProto(GroupReport group, FamilySet families) {
    GroupMetrics.Builder metrics =
        GroupMetrics.newBuilder()
            .setSize(group.size())
            .setName(group.name())
            .setSamples(group.samples())
            .setExactMatchRatio(toProto(group.exactMatchRatio()))
            .setJaccardSamples(toProto(group.jaccardSamples()))
            .setBitAccuracy(toProto(group.bitAccuracy()));
    for (int i = 0; i < group.familyConfusions().size(); i++) {
      var confusion = group.familyConfusions().get(i);
      metrics.addFamilyAccuracies(
          FamilyAccuracy.newBuilder()
              .setFamily(FamilyMapper.toProto(families.get(i)))
              .setAccuracy(toProto(confusion.accuracy()))
              .setConfusion(toProto(confusion)));
    }
    return metrics.build();
  }

  private static LabelRankingMetrics toProto(LabelRankingReport ranking) {
    return LabelRankingMetrics.newBuilder()
        .setAveragePrecision(toProto(ranking.averagePrecision()))
        .setCoverageError(toProto(ranking.coverageError()))
        .setRankingLoss(toProto(ranking.rankingLoss()))
        .build();
  }

  private static ConfusionCounts toProto(dev.tutti.core.metrics.ConfusionCounts confusion) {
    return ConfusionCounts.newBuilder()
        .setTruePositives(confusion.truePositives())
        .setFalsePositives(confusion.falsePositives())
        .setFalseNegatives(confusion.falseNegatives())
        .setTrueNegatives(confusion.trueNegatives())
        .build();
  }

  private static Metric toProto(dev.tutti.core.metrics.Metric metric) {
    Metric.Builder builder = Metric.newBuilder().setUndefinedReason(metric.undefinedReason());
    metric.value().ifPresent(builder::setValue);
    return builder.build();
  }
}
