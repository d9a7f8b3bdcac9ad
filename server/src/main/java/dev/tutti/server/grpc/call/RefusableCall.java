package dev.tutti.server.grpc.call;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.SecurityLevel;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/**
 * A call that can be ended from any thread, whatever its endpoint is about to do: what the endpoint
 * still writes is dropped.
 */
final class RefusableCall<Q, A> extends ServerCall<Q, A> {
  private final ServerCall<Received<Q>, A> call;
  private final MethodDescriptor<Q, A> method;
  private final String requestId;
  private boolean headersSent;
  private boolean closed;
  private volatile boolean refused;

  RefusableCall(ServerCall<Received<Q>, A> call, MethodDescriptor<Q, A> method, String requestId) {
    this.call = call;
    this.method = method;
    this.requestId = requestId;
  }

  String requestId() {
    return requestId;
  }

  /** Ends the call with a failure, unless it is over. */
  synchronized void refuse(Throwable failure) {
    if (closed) {
      return;
    }
    refused = true;
    closed = true;
    StatusRuntimeException refusal = StatusMapper.toException(failure, requestId);
    end(refusal.getStatus(), refusal.getTrailers());
  }

  boolean refused() {
    return refused;
  }

  @Override
  public void request(int messages) {
    call.request(messages);
  }

  @Override
  public synchronized void sendHeaders(Metadata headers) {
    if (!refused) {
      headers.put(RequestIds.HEADER, requestId);
      headersSent = true;
      call.sendHeaders(headers);
    }
  }

  @Override
  public synchronized void sendMessage(A message) {
    if (!refused) {
      call.sendMessage(message);
    }
  }

  @Override
  public synchronized void close(Status status, Metadata trailers) {
    if (!refused) {
      closed = true;
      end(status, trailers);
    }
  }

  private void end(Status status, Metadata trailers) {
    if (!headersSent) {
      trailers.put(RequestIds.HEADER, requestId);
    }
    call.close(status, trailers);
  }

  @Override
  public boolean isReady() {
    return !refused && call.isReady();
  }

  @Override
  public boolean isCancelled() {
    return refused || call.isCancelled();
  }

  @Override
  public MethodDescriptor<Q, A> getMethodDescriptor() {
    return method;
  }

  @Override
  public void setMessageCompression(boolean enabled) {
    call.setMessageCompression(enabled);
  }

  @Override
  public void setCompression(String compressor) {
    call.setCompression(compressor);
  }

  @Override
  public void setOnReadyThreshold(int bytes) {
    call.setOnReadyThreshold(bytes);
  }

  @Override
  public SecurityLevel getSecurityLevel() {
    return call.getSecurityLevel();
  }

  @Override
  public Attributes getAttributes() {
    return call.getAttributes();
  }

  @Override
  public String getAuthority() {
    return call.getAuthority();
  }
}
