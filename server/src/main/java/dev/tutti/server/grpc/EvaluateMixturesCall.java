package dev.tutti.server.grpc;

import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.mixture.Mixture;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.classify.Bank;
import dev.tutti.server.classify.ClassifySettings;
import dev.tutti.server.classify.LengthPolicy;
import dev.tutti.server.classify.Stages;
import dev.tutti.server.evaluate.EvaluationSession;
import dev.tutti.server.evaluate.EvaluationSettings;
import dev.tutti.server.evaluate.LabeledInput;
import dev.tutti.server.evaluate.MixtureClassifier.DatasetNotes;
import dev.tutti.server.evaluate.MixturePlan;
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
  private final EvaluationServices services;
  private final Executor serial;
  private final Pass pass = Callers.pass(Lane.BATCH);

  private Runnable releaseSlot = () -> {};
  private boolean over;
  private EvaluationSession session;
  private FamilySet families;
  private MixturePlan plan;
  private DatasetNotes notes;
  private ClassifySettings classifySettings;
  private long next;

  EvaluateMixturesCall(
      ServerCallStreamObserver<EvaluateMixturesResponse> call, EvaluationServices services) {
    this.call = call;
    this.services = services;
    this.serial = services.serialExecutors().get();
    call.setOnReadyHandler(() -> serial.execute(this::feed));
    call.setOnCancelHandler(() -> serial.execute(this::leave));
  }

  void start(EvaluateMixturesRequest request) {
    try {
      Bank bank = services.banks().require(request.getOptions().getBank());
      int notesPerFamily = RecipeMapper.notesPerFamily(request.getRecipe());
      releaseSlot = services.slots().acquire();
      services
          .dataSets()
          .open("dataset", request.getDataset(), notesPerFamily)
          .whenCompleteAsync((library, failure) -> begin(request, bank, library, failure), serial);
    } catch (RuntimeException e) {
      serial.execute(() -> refuse(e));
    }
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
    try {
      families = FamilyMapper.chosen("families", request.getFamiliesList(), bank.families());
      plan = RecipeMapper.plan(request, library, families);
      next = plan.first();
      notes = new DatasetNotes(request.getDataset(), library);
      EvaluationSettings whole =
          EvaluationMapper.settings(request.getOptions(), bank, plan.first(), plan.size());
      classifySettings = EvaluationMapper.classifySettings(whole, LengthPolicy.FIT, pass);
      EvaluationSettings settings = whole.among(families);
      EvaluationResponder<EvaluateMixturesResponse> responder =
          new EvaluationResponder<>(
              call,
              EvaluationEvents.OF_EVALUATE_MIXTURES,
              settings,
              request.getOptions().getOmitPredictions(),
              this::feed,
              this::end);
      session =
          new EvaluationSession(settings, services.config(), responder, serial, services.clock());
      feed();
    } catch (RuntimeException e) {
      refuse(e);
    }
  }

  private void feed() {
    if (session == null || over) {
      return;
    }
    while (next < plan.end() && call.isReady() && session.room() > 0) {
      session.submit(input(next++));
    }
    if (next == plan.end()) {
      session.endInput();
    }
  }

  private LabeledInput input(long index) {
    Mixture mixture = plan.mixtures().apply(index);
    return new LabeledInput(
        mixture.id(),
        mixture.truth(),
        mixture.noteIds(),
        0,
        () ->
            Stages.map(
                services
                    .mixtures()
                    .classify(
                        mixture, plan.overlayRule(), plan.background(), notes, classifySettings),
                answer -> answer.among(families)));
  }

  private void refuse(Throwable failure) {
    leave();
    call.onError(StatusMapper.toException(failure));
  }

  private void leave() {
    if (session != null) {
      session.cancel();
    }
    end();
  }

  private void end() {
    over = true;
    releaseSlot.run();
  }
}
