package dev.tutti.server.grpc;

import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.async.Futures;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.Banks;
import dev.tutti.server.bank.Outlook;
import dev.tutti.server.classify.Classification;
import dev.tutti.server.classify.ClassificationOptions;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.classify.LengthPolicy;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.grpc.call.Callers;
import dev.tutti.server.grpc.call.TimeMapper;
import dev.tutti.server.grpc.call.UnaryAnswer;
import dev.tutti.v1.CacheOutcome;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyOptions;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.ClassifyTrace;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code tutti.v1.ClassificationService}. */
public final class ClassificationEndpoint
    extends ClassificationServiceGrpc.ClassificationServiceImplBase {
  private static final Logger log = LoggerFactory.getLogger(ClassificationEndpoint.class);

  private final Banks banks;
  private final Classifier classifier;
  private final Outlook outlook;
  private final LongSupplier nanoClock;

  public ClassificationEndpoint(
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
        () -> {
          ClassificationOptions options = options(request.getOptions());
          return Futures.map(
              outlook.inTime(
                  classify(request, options), options.bank().digest(), options.pass().deadline()),
              answer -> {
                Duration time = Duration.ofNanos(nanoClock.getAsLong() - arrival);
                log(options.pass(), answer.trace(), time);
                return toProto(answer, time);
              });
        });
  }

  private static void log(Pass pass, Classification.Trace trace, Duration time) {
    log.debug(
        "Request {} took {} us: {}",
        pass.requestId(),
        TimeUnit.NANOSECONDS.toMicros(time.toNanos()),
        trace);
  }

  private CompletableFuture<Classification> classify(
      ClassifyRequest request, ClassificationOptions options) {
    return switch (request.getInputCase()) {
      case AUDIO -> classifier.classify(InputMapper.audio(request.getAudio()), options);
      case SPECTROGRAM ->
          classifier.classify(
              InputMapper.spectrogram(request.getSpectrogram(), options.bank()), options);
      case INPUT_NOT_SET ->
          throw new InvalidInputException(
              "input", "There is nothing to classify; set audio or spectrogram.");
    };
  }

  private ClassificationOptions options(ClassifyOptions asked) {
    Bank bank = banks.require(asked.getBank());
    Thresholds thresholds =
        FamilyMapper.thresholds("options.thresholds", asked.getThresholdsList(), bank.thresholds());
    return new ClassificationOptions(
        bank,
        thresholds,
        InputMapper.length(asked.getLengthPolicy(), LengthPolicy.FIT, false),
        InputMapper.bypass(asked.getCachePolicy()),
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
                .setSpectrogramCache(toProto(answer.trace().spectrogramCache()))
                .setProbabilityCache(toProto(answer.trace().probabilityCache()))
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
