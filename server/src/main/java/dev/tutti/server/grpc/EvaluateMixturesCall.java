package dev.tutti.server.grpc;

import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.mixture.Mixture;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.async.Futures;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.Banks;
import dev.tutti.server.classify.ClassificationOptions;
import dev.tutti.server.classify.LengthPolicy;
import dev.tutti.server.evaluate.DataSets;
import dev.tutti.server.evaluate.EvaluationPlace;
import dev.tutti.server.evaluate.EvaluationSession;
import dev.tutti.server.evaluate.Evaluations;
import dev.tutti.server.evaluate.LabeledInput;
import dev.tutti.server.evaluate.MixtureClassifier;
import dev.tutti.server.evaluate.MixtureClassifier.DatasetNotes;
import dev.tutti.server.evaluate.MixturePlan;
import dev.tutti.server.evaluate.ScoringOptions;
import dev.tutti.server.grpc.call.CallAnswer;
import dev.tutti.server.grpc.call.Callers;
import dev.tutti.v1.EvaluateMixturesRequest;
import dev.tutti.v1.EvaluateMixturesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.Executor;

/**
 * One server-made evaluation. The next mixture is made only while the session has room for it and
 * the client reads its answers. All state lives on one serial executor.
 */
final class EvaluateMixturesCall {
  private final ServerCallStreamObserver<EvaluateMixturesResponse> call;
  private final CallAnswer<EvaluateMixturesResponse> answer;
  private final Banks banks;
  private final MixtureClassifier mixtures;
  private final DataSets dataSets;
  private final Evaluations evaluations;
  private final Executor serial;
  private final Pass pass = Callers.pass(Lane.BATCH);
  private final String peer = Callers.address();

  private EvaluationPlace place;
  private boolean over;
  private EvaluationSession session;
  private FamilySet families;
  private MixturePlan plan;
  private DatasetNotes notes;
  private ClassificationOptions classification;
  private long next;
  private boolean waiting;

  EvaluateMixturesCall(
      ServerCallStreamObserver<EvaluateMixturesResponse> call,
      Banks banks,
      MixtureClassifier mixtures,
      DataSets dataSets,
      Evaluations evaluations) {
    this.call = call;
    this.answer = new CallAnswer<>(call);
    this.banks = banks;
    this.mixtures = mixtures;
    this.dataSets = dataSets;
    this.evaluations = evaluations;
    this.serial = evaluations.newSerialExecutor();
    call.setOnReadyHandler(() -> run(this::feed));
    call.setOnCancelHandler(() -> serial.execute(this::leave));
  }

  void start(EvaluateMixturesRequest request) {
    run(
        () -> {
          Bank bank = banks.require(request.getOptions().getBank());
          int notesPerFamily = RecipeMapper.notesPerFamily(request.getRecipe());
          place = evaluations.enter(peer, serial, this::idle, this::refuse);
          dataSets
              .open("dataset", request.getDataset(), notesPerFamily)
              .whenComplete(
                  (library, failure) -> run(() -> begin(request, bank, library, failure)));
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

  private void begin(
      EvaluateMixturesRequest request, Bank bank, NoteLibrary library, Throwable failure) {
    if (over) {
      return;
    }
    if (failure != null) {
      refuse(failure);
      return;
    }
    families = FamilyMapper.chosen("families", request.getFamiliesList(), bank.families());
    plan = RecipeMapper.plan(request, library, families);
    next = plan.first();
    notes = new DatasetNotes(request.getDataset(), library);
    ScoringOptions whole =
        EvaluationMapper.scoring(request.getOptions(), bank, plan.first(), plan.size());
    classification = EvaluationMapper.classification(whole, LengthPolicy.FIT, pass);
    ScoringOptions options = whole.among(families);
    EvaluationResponder<EvaluateMixturesResponse> responder =
        new EvaluationResponder<>(
            answer,
            EvaluationEvents.OF_EVALUATE_MIXTURES,
            options,
            request.getOptions().getOmitPredictions(),
            () -> run(this::feed),
            this::end);
    session = evaluations.begin(options, pass.deadline(), responder, serial);
    feed();
  }

  private void feed() {
    if (session == null || over) {
      return;
    }
    if (next < plan.end() && call.isReady() && session.room() > 0) {
      if (!waiting) {
        waiting = true;
        place.work(() -> run(this::submit));
      }
    } else if (next < plan.end()) {
      place.settle();
    }
    endInput();
  }

  private void submit() {
    waiting = false;
    while (!over && next < plan.end() && call.isReady() && session.room() > 0) {
      session.submit(input(next++));
    }
    if (!over) {
      endInput();
      place.settle();
    }
  }

  private void endInput() {
    if (next == plan.end()) {
      session.endInput();
    }
  }

  /** Whether there is nothing to do until the client reads. */
  private boolean idle() {
    return !over && session != null && !waiting && !call.isReady() && session.idle();
  }

  private LabeledInput input(long index) {
    Mixture mixture = plan.mixtures().apply(index);
    return new LabeledInput(
        mixture.id(),
        mixture.truth(),
        mixture.noteIds(),
        0,
        () ->
            Futures.map(
                mixtures.classify(
                    mixture,
                    plan.overlayRule(),
                    plan.background(),
                    notes,
                    classification.ofOneSample()),
                answer -> answer.among(families)));
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
    if (place != null) {
      place.leave();
    }
  }
}
