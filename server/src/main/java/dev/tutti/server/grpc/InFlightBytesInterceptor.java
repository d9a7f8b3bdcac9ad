package dev.tutti.server.grpc;

import com.google.protobuf.MessageLite;
import dev.tutti.server.error.OverloadedException;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Turns calls away while the requests under way weigh too much together, so that many large ones at
 * once cannot exhaust the heap. Streams limit themselves: they ask for messages one by one.
 */
final class InFlightBytesInterceptor implements ServerInterceptor {
  private final long maxBytes;
  private final AtomicLong inFlight = new AtomicLong();

  InFlightBytesInterceptor(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (!call.getMethodDescriptor().getType().clientSendsOneMessage()) {
      return next.startCall(call, headers);
    }
    AtomicLong held = new AtomicLong();
    ServerCall<Q, R> releasing =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            release(held);
            super.close(status, trailers);
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(releasing, headers)) {
      private boolean refused;

      @Override
      public void onMessage(Q message) {
        long size = message instanceof MessageLite lite ? lite.getSerializedSize() : 0;
        held.set(size);
        if (inFlight.addAndGet(size) <= maxBytes) {
          super.onMessage(message);
          return;
        }
        refused = true;
        StatusRuntimeException refusal = StatusMapper.toException(overloaded());
        releasing.close(refusal.getStatus(), refusal.getTrailers());
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }

      @Override
      public void onCancel() {
        release(held);
        super.onCancel();
      }
    };
  }

  private void release(AtomicLong held) {
    inFlight.addAndGet(-held.getAndSet(0));
  }

  private OverloadedException overloaded() {
    return new OverloadedException(
        "Requests of more than "
            + maxBytes
            + " bytes are under way (setting server.max-in-flight-bytes).",
        Duration.ofMillis(200));
  }
}
