package dev.tutti.server.grpc;

import com.google.protobuf.MessageLite;
import dev.tutti.server.error.InvalidInputException;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * Refuses messages over the limit with an answer that names it. The transport's own limit lies
 * higher and only protects the process: beyond it a stream is cut off with a bare status.
 */
final class MessageSizeInterceptor implements ServerInterceptor {
  private final int maxMessageBytes;

  MessageSizeInterceptor(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    RefusableCall<Q, R> refusable = new RefusableCall<>(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(refusable, headers)) {
      private boolean refused;

      @Override
      public void onMessage(Q message) {
        if (refused) {
          return;
        }
        int size = message instanceof MessageLite lite ? lite.getSerializedSize() : 0;
        if (size <= maxMessageBytes) {
          super.onMessage(message);
          return;
        }
        refused = true;
        StatusRuntimeException refusal = StatusMapper.toException(tooLong(size));
        refusable.refuse(refusal.getStatus(), refusal.getTrailers());
        // To the endpoint, the call is over: it gives up what it has begun.
        super.onCancel();
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }

      @Override
      public void onCancel() {
        if (!refused) {
          super.onCancel();
        }
      }

      @Override
      public void onComplete() {
        if (!refused) {
          super.onComplete();
        }
      }
    };
  }

  private InvalidInputException tooLong(int size) {
    return new InvalidInputException(
        "message",
        "The message is "
            + size
            + " bytes long; at most "
            + maxMessageBytes
            + " are accepted (setting server.max-message-bytes).");
  }

  /** A call that drops what its endpoint, on another thread, still writes after the refusal. */
  private static final class RefusableCall<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private boolean refused;

    RefusableCall(ServerCall<Q, R> call) {
      super(call);
    }

    synchronized void refuse(Status status, Metadata trailers) {
      refused = true;
      super.close(status, trailers);
    }

    @Override
    public synchronized void sendHeaders(Metadata headers) {
      if (!refused) {
        super.sendHeaders(headers);
      }
    }

    @Override
    public synchronized void sendMessage(R message) {
      if (!refused) {
        super.sendMessage(message);
      }
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (!refused) {
        super.close(status, trailers);
      }
    }
  }
}
