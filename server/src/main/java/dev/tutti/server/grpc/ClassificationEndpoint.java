package dev.tutti.server.grpc;

import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.classify.Bank;
import dev.tutti.server.classify.Banks;
import dev.tutti.server.classify.Classification;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.classify.ClassifySettings;
import dev.tutti.server.classify.LengthPolicy;
import dev.tutti.server.classify.Stages;
import dev.tutti.server.dispatch.Outlook;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.v1.CacheOutcome;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyOptions;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.ClassifyTrace;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** {@code tutti.v1.ClassificationService}. */
final class ClassificationEndpoint extends ClassificationServiceGrpc.ClassificationServiceImplBase {
  private final Banks banks;
  private final Classifier classifier;
  private final Outlook outlook;
  private final LongSupplier nanoClock;

  ClassificationEndpoint(
      Banks banks, Classifier classifier, Outlook outlook, LongSupplier nanoClock) {
    this.banks = banks;
    this.classifier = classifier;
    this.outlook = outlook;
    this.nanoClock = nanoClock;
  }

  @Override
  public void classify(ClassifyRequest request, StreamObserver<ClassifyResponse> observer) {
    long arrival = nanoClock.getAsLong();
    UnaryAnswer.send(
        observer,
        () ->
            Stages.map(
                classify(request),
                answer -> toProto(answer, Duration.ofNanos(nanoClock.getAsLong() - arrival))));
  }

  private CompletableFuture<Classification> classify(ClassifyRequest request) {
    ClassifySettings settings = settings(request.getOptions());
    CompletableFuture<Classification> work = classify(request, settings);
    Deadline deadline = Context.current().getDeadline();
    return deadline == null
        ? work
        : outlook.inTime(
            work,
            settings.bank().digest(),
            Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS)));
  }

  private CompletableFuture<Classification> classify(
      ClassifyRequest request, ClassifySettings settings) {
    return switch (request.getInputCase()) {
      case AUDIO -> classifier.classify(InputMapper.audio(request.getAudio()), settings);
      case SPECTROGRAM ->
          classifier.classify(
              InputMapper.spectrogram(request.getSpectrogram(), settings.bank()), settings);
      case INPUT_NOT_SET ->
          throw new InvalidInputException(
              "input", "There is nothing to classify; set audio or spectrogram.");
    };
  }

  private ClassifySettings settings(ClassifyOptions options) {
    Bank bank = banks.require(options.getBank());
    Thresholds thresholds =
        FamilyMapper.thresholds(
            "options.thresholds", options.getThresholdsList(), bank.thresholds());
    return new ClassifySettings(
        bank,
        thresholds,
        InputMapper.length(options.getLengthPolicy(), LengthPolicy.FIT, false),
        InputMapper.bypass(options.getCachePolicy()),
        Callers.pass(Lane.INTERACTIVE));
  }

  private static ClassifyResponse toProto(Classification answer, Duration serverTime) {
    return ClassifyResponse.newBuilder()
        .addAllPredictions(FamilyMapper.predictions(answer.probabilities(), answer.thresholds()))
        .setAnalyzedSeconds(answer.analyzedSeconds())
        .setInputSeconds(answer.clipSeconds())
        .setBank(answer.bank().name())
        .setBankDigest(answer.bank().digest())
        .setTrace(
            ClassifyTrace.newBuilder()
                .setSpectrogramCache(toProto(answer.spectrogramCache()))
                .setProbabilityCache(toProto(answer.probabilityCache()))
                .setServerTime(TimeMapper.toProto(serverTime)))
        .build();
  }

  private static CacheOutcome toProto(Classification.CacheOutcome outcome) {
    return switch (outcome) {
      case UNUSED -> CacheOutcome.CACHE_OUTCOME_UNSPECIFIED;
      case HIT -> CacheOutcome.CACHE_OUTCOME_HIT;
      case MISS -> CacheOutcome.CACHE_OUTCOME_MISS;
    };
  }
}
