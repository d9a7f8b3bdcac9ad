package dev.tutti.server.grpc.call;

import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Answers a unary call with a future's outcome, and gives the future up when the caller leaves. */
public final class UnaryAnswer {
  private UnaryAnswer() {}

  public static <T> void send(StreamObserver<T> observer, Supplier<CompletableFuture<T>> work) {
    ServerCallStreamObserver<T> call = (ServerCallStreamObserver<T>) observer;
    // With a handler set, answering a call that has been cancelled meanwhile is not an error.
    call.setOnCancelHandler(() -> {});
    CallAnswer<T> answer = new CallAnswer<>(call);
    CompletableFuture<T> begun;
    try {
      begun = work.get();
    } catch (RuntimeException e) {
      begun = CompletableFuture.failedFuture(e);
    }
    CompletableFuture<T> pending = begun;
    // The context also ends when the deadline passes, of which the call's own handler hears late.
    Context.CancellationListener leave = context -> pending.cancel(true);
    Context current = Context.current();
    current.addListener(leave, MoreExecutors.directExecutor());
    pending.whenComplete(
        (value, failure) -> {
          current.removeListener(leave);
          if (failure != null) {
            answer.fail(failure);
          } else {
            answer.next(value);
            answer.complete();
          }
        });
  }

  /** For answers that are there at once. */
  public static <T> void sendNow(StreamObserver<T> observer, Supplier<T> work) {
    send(observer, () -> CompletableFuture.completedFuture(work.get()));
  }
}
