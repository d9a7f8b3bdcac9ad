package dev.tutti.server.grpc.call;

import dev.tutti.v1.ItemError;
import io.grpc.stub.ServerCallStreamObserver;

/** The answer to one call, which knows by what name its failures are logged. */
public final class CallAnswer<R> {
  private final ServerCallStreamObserver<R> call;
  private final String requestId;

  /** To be made on a thread of the call's handlers. */
  public CallAnswer(ServerCallStreamObserver<R> call) {
    this.call = call;
    this.requestId = RequestIds.KEY.get();
  }

  public void next(R message) {
    call.onNext(message);
  }

  public void complete() {
    call.onCompleted();
  }

  public void fail(Throwable failure) {
    call.onError(StatusMapper.toException(failure, requestId));
  }

  /** A failure of one item of a stream that goes on. */
  public ItemError itemError(Throwable failure) {
    return StatusMapper.toItemError(failure, requestId);
  }
}
