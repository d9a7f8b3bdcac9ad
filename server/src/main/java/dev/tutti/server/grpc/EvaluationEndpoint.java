package dev.tutti.server.grpc;

import dev.tutti.server.bank.Banks;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.evaluate.DataSets;
import dev.tutti.server.evaluate.Evaluations;
import dev.tutti.server.evaluate.MixtureClassifier;
import dev.tutti.v1.EvaluateMixturesRequest;
import dev.tutti.v1.EvaluateMixturesResponse;
import dev.tutti.v1.EvaluateRequest;
import dev.tutti.v1.EvaluateResponse;
import dev.tutti.v1.EvaluationServiceGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** {@code tutti.v1.EvaluationService}. */
public final class EvaluationEndpoint extends EvaluationServiceGrpc.EvaluationServiceImplBase {
  private final Banks banks;
  private final Classifier classifier;
  private final MixtureClassifier mixtures;
  private final DataSets dataSets;
  private final Evaluations evaluations;

  public EvaluationEndpoint(
      Banks banks,
      Classifier classifier,
      MixtureClassifier mixtures,
      DataSets dataSets,
      Evaluations evaluations) {
    this.banks = banks;
    this.classifier = classifier;
    this.mixtures = mixtures;
    this.dataSets = dataSets;
    this.evaluations = evaluations;
  }

  @Override
  public StreamObserver<EvaluateRequest> evaluate(StreamObserver<EvaluateResponse> observer) {
    return new EvaluateCall(
        (ServerCallStreamObserver<EvaluateResponse>) observer,
        banks,
        classifier,
        mixtures,
        dataSets,
        evaluations);
  }

  @Override
  public void evaluateMixtures(
      EvaluateMixturesRequest request, StreamObserver<EvaluateMixturesResponse> observer) {
    new EvaluateMixturesCall(
            (ServerCallStreamObserver<EvaluateMixturesResponse>) observer,
            banks,
            mixtures,
            dataSets,
            evaluations)
        .start(request);
  }
}
