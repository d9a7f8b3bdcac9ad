package dev.tutti.server.grpc.call;

import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.ServingException;
import io.grpc.ServerCall;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hands an endpoint the messages of its call that are fit for it, and ends the call for those that
 * are not. An endpoint whose call was refused hears that it was cancelled.
 */
final class GuardedListener<Q, A> extends ServerCall.Listener<Received<Q>>
    implements OpenCalls.Open {
  private final RefusableCall<Q, A> call;
  private final ServerCall.Listener<Q> endpoint;
  private final RequestBytes bytes;
  private final Duration idleTimeout;
  private final OpenCalls calls;
  private final AtomicBoolean left = new AtomicBoolean();
  private volatile boolean halfClosed;

  /** When the client last took what it was sent; only of the sweep. */
  private long readyNanos;

  /**
   * @param calls what it enters when it begins, and leaves
   */
  GuardedListener(
      RefusableCall<Q, A> call,
      ServerCall.Listener<Q> endpoint,
      RequestBytes bytes,
      Duration idleTimeout,
      long nowNanos,
      OpenCalls calls) {
    this.call = call;
    this.endpoint = endpoint;
    this.bytes = bytes;
    this.idleTimeout = idleTimeout;
    this.readyNanos = nowNanos;
    this.calls = calls;
    calls.add(this);
  }

  @Override
  public void onMessage(Received<Q> received) {
    if (call.refused()) {
      return;
    }
    boolean fits = bytes.take(received.bytes());
    if (received.refusal() != null) {
      call.refuse(received.refusal());
      return;
    }
    if (!fits) {
      call.refuse(bytes.overloaded());
      return;
    }
    attempt(() -> endpoint.onMessage(received.message()));
    if (!call.getMethodDescriptor().getType().clientSendsOneMessage()) {
      // Streams limit themselves: they ask for messages one by one.
      bytes.giveBack(received.bytes());
    }
  }

  @Override
  public void onHalfClose() {
    halfClosed = true;
    attempt(endpoint::onHalfClose);
  }

  @Override
  public void onReady() {
    attempt(endpoint::onReady);
  }

  @Override
  public void onCancel() {
    end();
    leave();
  }

  @Override
  public void onComplete() {
    end();
    if (call.refused()) {
      leave();
    } else if (left.compareAndSet(false, true)) {
      endpoint.onComplete();
    }
  }

  @Override
  public void refuse(ServingException failure) {
    call.refuse(failure);
  }

  @Override
  public void endIfStalled(long nowNanos) {
    if (call.refused()) {
      return;
    }
    long limit = idleTimeout.toNanos();
    if (!halfClosed && nowNanos - bytes.silentSince(nowNanos) >= limit) {
      call.refuse(
          new ExpiredException(
              "Nothing came for "
                  + idleTimeout.toSeconds()
                  + " s while a message was waited for (setting server.idle-timeout)."));
      return;
    }
    if (call.isReady()) {
      readyNanos = nowNanos;
    } else if (nowNanos - readyNanos >= limit) {
      call.refuse(
          new ExpiredException(
              "Answers were not read for "
                  + idleTimeout.toSeconds()
                  + " s (setting server.idle-timeout)."));
      // The refusal waits behind what is not read; the endpoint shall not.
      leave();
    }
  }

  private void attempt(Runnable event) {
    if (call.refused()) {
      return;
    }
    try {
      event.run();
    } catch (RuntimeException e) {
      call.refuse(e);
    }
  }

  private void leave() {
    if (left.compareAndSet(false, true)) {
      endpoint.onCancel();
    }
  }

  private void end() {
    bytes.end();
    calls.remove(this);
  }
}
