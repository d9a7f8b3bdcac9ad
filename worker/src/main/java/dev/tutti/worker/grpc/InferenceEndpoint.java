package dev.tutti.worker.grpc;

import dev.tutti.worker.bank.BankDescription;
import dev.tutti.worker.bank.BatchAnswer;
import dev.tutti.worker.bank.ModelBank;
import dev.tutti.worker.v1.DescribeBankRequest;
import dev.tutti.worker.v1.DescribeBankResponse;
import dev.tutti.worker.v1.InferRequest;
import dev.tutti.worker.v1.InferResponse;
import dev.tutti.worker.v1.InferenceServiceGrpc;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;

/** The worker's service. Called on the event loop; batches run on their own executor. */
final class InferenceEndpoint extends InferenceServiceGrpc.InferenceServiceImplBase {
  private final ModelBank bank;
  private final Executor executor;
  private final DescribeBankResponse description;

  InferenceEndpoint(ModelBank bank, Executor executor) {
    this.bank = bank;
    this.executor = executor;
    this.description = BankMessages.description(bank.description());
  }

  @Override
  public void describeBank(
      DescribeBankRequest request, StreamObserver<DescribeBankResponse> response) {
    response.onNext(description);
    response.onCompleted();
  }

  @Override
  public void infer(InferRequest request, StreamObserver<InferResponse> response) {
    Context call = Context.current();
    // Without a handler, an answer to a caller who has just left would throw.
    ((ServerCallStreamObserver<InferResponse>) response).setOnCancelHandler(() -> {});
    try {
      checkDigest(request, bank.description());
      executor.execute(() -> run(request, response, call));
    } catch (RuntimeException e) {
      response.onError(StatusMapper.toStatus(e));
    }
  }

  private void run(InferRequest request, StreamObserver<InferResponse> response, Context call) {
    if (call.isCancelled()) {
      return; // The caller left, or its deadline passed, while the batch was queued.
    }
    InferResponse message;
    try {
      BatchAnswer answer = bank.infer(WireInputs.rows(request));
      message = BankMessages.answer(answer);
    } catch (Throwable e) {
      // Whatever it was: a caller without an answer takes this worker for one that hangs.
      response.onError(StatusMapper.toStatus(e));
      return;
    }
    if (!call.isCancelled()) {
      response.onNext(message);
      response.onCompleted();
    }
  }

  private static void checkDigest(InferRequest request, BankDescription bank) {
    if (!request.getBankDigest().equals(bank.digest().hex())) {
      throw new WrongBankException(request.getBankDigest(), bank.digest().hex());
    }
  }
}
