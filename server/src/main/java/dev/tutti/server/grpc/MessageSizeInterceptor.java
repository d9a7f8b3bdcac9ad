package dev.tutti.server.grpc;

import com.google.protobuf.MessageLite;
import dev.tutti.server.error.InvalidInputException;
import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
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
    return new ForwardingServerCallListener.SimpleForwardingServerCallListener<>(
        next.startCall(call, headers)) {
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
        call.close(refusal.getStatus(), refusal.getTrailers());
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
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
    };
  }
}
