package dev.tutti.server.grpc;

import dev.tutti.server.admission.Pass;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.classify.ClassificationOptions;
import dev.tutti.server.classify.LengthPolicy;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.evaluate.ScoringOptions;
import dev.tutti.v1.EvaluationOptions;
import dev.tutti.v1.SampleErrorPolicy;

/** Settings of evaluations, from the wire into the domain. */
final class EvaluationMapper {
  private static final int DEFAULT_PROGRESS_INTERVAL = 100;

  private EvaluationMapper() {}

  /**
   * @param first the first sample's index
   * @param total samples in all; zero when unknown
   */
  static ScoringOptions scoring(EvaluationOptions options, Bank bank, long first, long total) {
    if (options.getSampleErrorPolicy() == SampleErrorPolicy.UNRECOGNIZED) {
      throw new InvalidInputException(
          "options.sample_error_policy",
          "Accepted are SAMPLE_ERROR_POLICY_FAIL and SAMPLE_ERROR_POLICY_SKIP.");
    }
    if (options.getProgressInterval() < 0) {
      throw new InvalidInputException(
          "options.progress_interval",
          "The interval is " + options.getProgressInterval() + "; it must be zero or more.");
    }
    return new ScoringOptions(
        bank,
        FamilyMapper.thresholds(
            "options.thresholds", options.getThresholdsList(), bank.thresholds()),
        InputMapper.bypass(options.getCachePolicy()),
        options.getSampleErrorPolicy() == SampleErrorPolicy.SAMPLE_ERROR_POLICY_SKIP,
        options.getProgressInterval() == 0
            ? DEFAULT_PROGRESS_INTERVAL
            : options.getProgressInterval(),
        first,
        total);
  }

  static ClassificationOptions classification(
      ScoringOptions options, LengthPolicy length, Pass pass) {
    return new ClassificationOptions(
        options.bank(), options.thresholds(), length, options.bypassCache(), pass);
  }
}
