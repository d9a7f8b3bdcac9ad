package dev.tutti.client;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.metrics.ConfusionCounts;
import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.core.metrics.FamilyReport;
import dev.tutti.core.metrics.GroupReport;
import dev.tutti.core.metrics.LabelRankingReport;
import dev.tutti.core.metrics.Metric;
import dev.tutti.core.metrics.ProbabilityReport;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.EvaluateMixturesResponse;
import dev.tutti.v1.EvaluationMetrics;
import dev.tutti.v1.EvaluationSummary;
import dev.tutti.v1.FamilyMetrics;
import dev.tutti.v1.FamilyPrediction;
import dev.tutti.v1.FamilyThreshold;
import dev.tutti.v1.GroupMetrics;
import dev.tutti.v1.LabelRankingMetrics;
import dev.tutti.v1.ModelBank;
import dev.tutti.v1.SamplePrediction;
import dev.tutti.v1.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Between generated messages and the client's own types. */
final class Messages {
  private Messages() {}

  static InstrumentFamily family(dev.tutti.v1.InstrumentFamily wire) {
    return InstrumentFamily.ofNsynthId(wire.getNumber() - 1)
        .orElseThrow(() -> new IllegalStateException("The server named no family: " + wire));
  }

  static dev.tutti.v1.InstrumentFamily family(InstrumentFamily family) {
    return dev.tutti.v1.InstrumentFamily.forNumber(family.nsynthId() + 1);
  }

  static ClassifyResult classified(ClassifyResponse response) {
    return new ClassifyResult(
        tags(response.getPredictionsList()),
        response.getInputSeconds(),
        response.getAnalyzedSeconds(),
        response.getBank(),
        response.getBankDigest(),
        duration(response.getTrace().getServerTime()));
  }

  static BankInfo bank(ModelBank bank) {
    return new BankInfo(
        bank.getName(),
        bank.getVersion(),
        List.copyOf(bank.getLabelsList()),
        bank.getDigest(),
        FamilySet.of(bank.getFamiliesList().stream().map(Messages::family).toList()),
        thresholds(bank.getThresholdsList()),
        Math.toIntExact(bank.getInputShape(0)),
        Math.toIntExact(bank.getInputShape(1)),
        bank.getStft().getSampleRateHz(),
        bank.getWindowSamples(),
        bank.getParameters());
  }

  static WorkerInfo worker(Worker worker) {
    String state = worker.getState().name().replace("WORKER_STATE_", "");
    return new WorkerInfo(
        worker.getName(),
        state.toLowerCase(Locale.ROOT),
        worker.getDevice(),
        worker.getBankVersion(),
        worker.getPid(),
        worker.getRestarts(),
        worker.getLastExit());
  }

  static EvaluationEvent event(EvaluateMixturesResponse response) {
    return switch (response.getEventCase()) {
      case PREDICTION -> prediction(response.getPrediction());
      case PROGRESS ->
          new EvaluationEvent.Progress(
              response.getProgress().getCompleted(),
              response.getProgress().getTotal(),
              report(response.getProgress().getMetrics()),
              duration(response.getProgress().getElapsed()));
      case SUMMARY -> summary(response.getSummary());
      case EVENT_NOT_SET -> throw new IllegalStateException("The server sent an empty event.");
    };
  }

  private static EvaluationEvent.Prediction prediction(SamplePrediction prediction) {
    return new EvaluationEvent.Prediction(
        prediction.getIndex(),
        prediction.getId(),
        prediction.getTruthList().stream().map(Messages::family).toList(),
        tags(prediction.getPredictionsList()),
        List.copyOf(prediction.getNoteIdsList()),
        prediction.hasError() ? prediction.getError().getMessage() : "");
  }

  private static EvaluationEvent.Summary summary(EvaluationSummary summary) {
    return new EvaluationEvent.Summary(
        report(summary.getMetrics()),
        summary.getFailed(),
        summary.getBank(),
        summary.getBankDigest(),
        thresholds(summary.getThresholdsList()),
        duration(summary.getElapsed()));
  }

  private static List<FamilyTag> tags(List<FamilyPrediction> predictions) {
    return predictions.stream()
        .map(
            p ->
                new FamilyTag(
                    family(p.getFamily()), p.getProbability(), p.getThreshold(), p.getPresent()))
        .toList();
  }

  private static Thresholds thresholds(List<FamilyThreshold> wire) {
    FamilySet families =
        FamilySet.of(wire.stream().map(threshold -> family(threshold.getFamily())).toList());
    return Thresholds.of(
        families, wire.stream().mapToDouble(FamilyThreshold::getThreshold).toArray());
  }

  private static EvaluationReport report(EvaluationMetrics metrics) {
    return new EvaluationReport(
        metrics.getSamples(),
        metric(metrics.getExactMatchRatio()),
        metric(metrics.getJaccardSamples()),
        metric(metrics.getBitAccuracy()),
        metric(metrics.getMeanAveragePrecision()),
        metric(metrics.getWithinKAuc()),
        ranking(metrics.getRanking()),
        metrics.getFamiliesList().stream().map(Messages::family).toList(),
        metrics.getGroupsList().stream().map(Messages::group).toList());
  }

  private static LabelRankingReport ranking(LabelRankingMetrics ranking) {
    return new LabelRankingReport(
        metric(ranking.getAveragePrecision()),
        metric(ranking.getCoverageError()),
        metric(ranking.getRankingLoss()));
  }

  private static FamilyReport family(FamilyMetrics family) {
    return new FamilyReport(
        family(family.getFamily()),
        family.getThreshold(),
        confusion(family.getConfusion()),
        metric(family.getAccuracy()),
        metric(family.getPrecision()),
        metric(family.getRecall()),
        metric(family.getF1()),
        metric(family.getAveragePrecision()),
        metric(family.getWithinKAuc()),
        new ProbabilityReport(
            metric(family.getRocAuc()),
            metric(family.getBrier()),
            metric(family.getLogLoss()),
            metric(family.getExpectedCalibrationError())));
  }

  private static ConfusionCounts confusion(dev.tutti.v1.ConfusionCounts confusion) {
    return new ConfusionCounts(
        confusion.getTruePositives(),
        confusion.getFalsePositives(),
        confusion.getFalseNegatives(),
        confusion.getTrueNegatives());
  }

  private static GroupReport group(GroupMetrics group) {
    return new GroupReport(
        group.getSize(),
        group.getName(),
        group.getSamples(),
        metric(group.getExactMatchRatio()),
        metric(group.getJaccardSamples()),
        metric(group.getBitAccuracy()),
        group.getFamilyAccuraciesList().stream()
            .map(accuracy -> confusion(accuracy.getConfusion()))
            .toList());
  }

  private static Metric metric(dev.tutti.v1.Metric metric) {
    return metric.hasValue()
        ? new Metric(OptionalDouble.of(metric.getValue()), "")
        : Metric.undefined(
            metric.getUndefinedReason().isEmpty() ? "not given" : metric.getUndefinedReason());
  }

  private static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }
}
