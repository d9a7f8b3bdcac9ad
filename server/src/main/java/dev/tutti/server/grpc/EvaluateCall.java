package dev.tutti.server.grpc;

import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.Banks;
import dev.tutti.server.classify.ClassificationOptions;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.classify.LengthPolicy;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.evaluate.DataSets;
import dev.tutti.server.evaluate.EvaluationPlace;
import dev.tutti.server.evaluate.EvaluationSession;
import dev.tutti.server.evaluate.Evaluations;
import dev.tutti.server.evaluate.MixtureClassifier;
import dev.tutti.server.evaluate.MixtureClassifier.DatasetNotes;
import dev.tutti.server.evaluate.ScoringOptions;
import dev.tutti.server.grpc.call.CallAnswer;
import dev.tutti.server.grpc.call.Callers;
import dev.tutti.v1.EvaluateConfig;
import dev.tutti.v1.EvaluateRequest;
import dev.tutti.v1.EvaluateResponse;
import dev.tutti.v1.LabeledSample;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One client-fed evaluation. A message is asked for only while the session has room for its sample
 * and the client reads its answers, so a client that reads slowly is slowed down as a sender.
 *
 * <p>All state lives on one serial executor.
 */
final class EvaluateCall implements StreamObserver<EvaluateRequest> {
  /**
   * Asked for at once: enough to keep the stream busy, few enough that large ones do not pile up.
   */
  private static final int MAX_AWAITED = 4;

  private final ServerCallStreamObserver<EvaluateResponse> call;
  private final CallAnswer<EvaluateResponse> answer;
  private final Banks banks;
  private final Classifier classifier;
  private final MixtureClassifier mixtures;
  private final DataSets dataSets;
  private final Evaluations evaluations;
  private final Executor serial;
  private final Pass pass = Callers.pass(Lane.BATCH);
  private final String peer = Callers.address();

  /** What came while the evaluation had no place. */
  private final Deque<LabeledSample> waiting = new ArrayDeque<>();

  private EvaluationPlace place;
  private boolean configured;
  private boolean halfClosed;
  private boolean over;
  private EvaluationSession session;
  private SampleMapper samples;

  /** Messages asked for that have not come yet. */
  private int awaited = 1;

  EvaluateCall(
      ServerCallStreamObserver<EvaluateResponse> call,
      Banks banks,
      Classifier classifier,
      MixtureClassifier mixtures,
      DataSets dataSets,
      Evaluations evaluations) {
    this.call = call;
    this.answer = new CallAnswer<>(call);
    this.banks = banks;
    this.classifier = classifier;
    this.mixtures = mixtures;
    this.dataSets = dataSets;
    this.evaluations = evaluations;
    this.serial = evaluations.newSerialExecutor();
    call.disableAutoRequest();
    call.setOnReadyHandler(() -> run(this::pull));
    call.setOnCancelHandler(() -> serial.execute(this::leave));
    call.request(1);
  }

  @Override
  public void onNext(EvaluateRequest request) {
    run(
        () -> {
          awaited--;
          if (!over) {
            accept(request);
            pull();
          }
        });
  }

  @Override
  public void onError(Throwable problem) {
    serial.execute(this::leave);
  }

  @Override
  public void onCompleted() {
    run(
        () -> {
          halfClosed = true;
          if (!configured && !over) {
            throw configMissing();
          }
          endInput();
        });
  }

  /** Whatever goes wrong in a task ends the call. */
  private void run(Runnable task) {
    serial.execute(
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            refuse(e);
          }
        });
  }

  private void accept(EvaluateRequest request) {
    if (!configured) {
      if (request.getMessageCase() != EvaluateRequest.MessageCase.CONFIG) {
        throw configMissing();
      }
      configured = true;
      configure(request.getConfig());
    } else if (request.getMessageCase() == EvaluateRequest.MessageCase.SAMPLE) {
      waiting.add(request.getSample());
      place.work(() -> run(this::submit));
    } else {
      throw new InvalidInputException(
          "message", "After the config, every message must be a sample.");
    }
  }

  private void submit() {
    while (!over && !waiting.isEmpty()) {
      session.submit(samples.toInput(waiting.remove()));
    }
    endInput();
    pull();
  }

  private void endInput() {
    if (session != null && halfClosed && waiting.isEmpty()) {
      session.endInput();
    }
  }

  private void configure(EvaluateConfig config) {
    Bank bank = banks.require(config.getOptions().getBank());
    ScoringOptions options = EvaluationMapper.scoring(config.getOptions(), bank, 0, 0);
    LengthPolicy length = InputMapper.length(config.getLengthPolicy(), LengthPolicy.FIT, false);
    ClassificationOptions classification = EvaluationMapper.classification(options, length, pass);
    place = evaluations.enter(peer, serial, this::idle, this::refuse);
    notes(config)
        .whenComplete(
            (notes, failure) ->
                run(
                    () -> {
                      if (over) {
                        return;
                      }
                      if (failure != null) {
                        refuse(failure);
                        return;
                      }
                      samples = new SampleMapper(classifier, mixtures, classification, notes);
                      begin(options, config.getOptions().getOmitPredictions());
                    }));
  }

  private CompletableFuture<Optional<DatasetNotes>> notes(EvaluateConfig config) {
    String name = config.getDataset();
    return name.isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : dataSets
            .open("config.dataset", name, Integer.MAX_VALUE)
            .thenApply(library -> Optional.of(new DatasetNotes(name, library)));
  }

  private void begin(ScoringOptions options, boolean omitPredictions) {
    EvaluationResponder<EvaluateResponse> responder =
        new EvaluationResponder<>(
            answer,
            EvaluationEvents.OF_EVALUATE,
            options,
            omitPredictions,
            () -> run(this::pull),
            this::end);
    session = evaluations.begin(options, pass.deadline(), responder, serial);
    place.rest();
    endInput();
    pull();
  }

  private void pull() {
    if (session == null || over || halfClosed) {
      return;
    }
    place.settle();
    int more = Math.min(session.room(), MAX_AWAITED) - awaited - waiting.size();
    if (call.isReady() && more > 0) {
      awaited += more;
      call.request(more);
    }
  }

  /** Whether there is nothing to do until the client sends or reads. */
  private boolean idle() {
    return !over && session != null && session.idle() && waiting.isEmpty();
  }

  private void refuse(Throwable failure) {
    if (!over) {
      leave();
      answer.fail(failure);
    }
  }

  private void leave() {
    if (session != null) {
      session.cancel();
    }
    end();
  }

  private void end() {
    over = true;
    waiting.clear();
    if (place != null) {
      place.leave();
    }
  }

  private static InvalidInputException configMissing() {
    return new InvalidInputException("message", "The first message must be the config.");
  }
}
