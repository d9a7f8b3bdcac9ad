package dev.tutti.server.grpc;

import dev.tutti.v1.EvaluateMixturesRequest;
import dev.tutti.v1.EvaluateMixturesResponse;
import dev.tutti.v1.EvaluateRequest;
import dev.tutti.v1.EvaluateResponse;
import dev.tutti.v1.EvaluationServiceGrpc;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** {@code tutti.v1.EvaluationService}. */
final class EvaluationEndpoint extends EvaluationServiceGrpc.EvaluationServiceImplBase {
  private final EvaluationServices services;

  EvaluationEndpoint(EvaluationServices services) {
    this.services = services;
  }

  @Override
  public StreamObserver<EvaluateRequest> evaluate(StreamObserver<EvaluateResponse> observer) {
    return new EvaluateCall((ServerCallStreamObserver<EvaluateResponse>) observer, services);
  }

  @Override
  public void evaluateMixtures(
      EvaluateMixturesRequest request, StreamObserver<EvaluateMixturesResponse> observer) {
    new EvaluateMixturesCall(
            (ServerCallStreamObserver<EvaluateMixturesResponse>) observer, services)
        .start(request);
  }
}
