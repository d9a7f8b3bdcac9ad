package dev.tutti.server.grpc;

import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.SocketAddress;

/** Knows who makes the current call: each connection is a caller. */
final class Callers implements ServerInterceptor {
  private static final Context.Key<String> CALLER = Context.keyWithDefault("caller", "unknown");

  /** What the current call's work travels with; only on the threads of its handlers. */
  static Pass pass(Lane lane) {
    return new Pass(lane, CALLER.get());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    Context context = Context.current().withValue(CALLER, String.valueOf(remote));
    return Contexts.interceptCall(context, call, headers, next);
  }
}
