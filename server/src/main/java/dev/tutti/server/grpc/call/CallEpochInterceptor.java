package dev.tutti.server.grpc.call;

import dev.tutti.server.async.CallEpochs;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Tells the epochs of every call when it begins and when it is over, however it ends. */
public final class CallEpochInterceptor implements ServerInterceptor {
  private final CallEpochs epochs;

  public CallEpochInterceptor(CallEpochs epochs) {
    this.epochs = epochs;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Runnable over = epochs.begin();
    ServerCall.Listener<Q> listener;
    try {
      listener = next.startCall(call, headers);
    } catch (RuntimeException e) {
      over.run();
      throw e;
    }
    // One of the two always comes, and comes last.
    return new ForwardingServerCallListener.SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onComplete() {
        over.run();
        super.onComplete();
      }

      @Override
      public void onCancel() {
        over.run();
        super.onCancel();
      }
    };
  }
}
