package dev.tutti.server.dispatch;

import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** The one answer of a unary call, as a future. */
final class UnaryCall<T> implements StreamObserver<T> {
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private T value;

  CompletableFuture<T> result() {
    return result;
  }

  @Override
  public void onNext(T response) {
    value = response;
  }

  @Override
  public void onError(Throwable problem) {
    result.completeExceptionally(problem);
  }

  @Override
  public void onCompleted() {
    result.complete(value);
  }
}
