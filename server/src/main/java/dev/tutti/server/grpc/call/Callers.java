package dev.tutti.server.grpc.call;

import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Knows who makes the current call: each connection is a caller. */
public final class Callers implements ServerInterceptor {
  private static final Context.Key<String> CALLER = Context.keyWithDefault("caller", "unknown");

  private static final Context.Key<String> ADDRESS = Context.keyWithDefault("address", "unknown");

  /** The machine from which the current call comes; only on the threads of its handlers. */
  public static String address() {
    return ADDRESS.get();
  }

  /** What the current call's work travels with; only on the threads of its handlers. */
  public static Pass pass(Lane lane) {
    return new Pass(lane, CALLER.get());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    String address =
        remote instanceof InetSocketAddress inet && inet.getAddress() != null
            ? inet.getAddress().getHostAddress()
            : String.valueOf(remote);
    Context context =
        Context.current().withValues(CALLER, String.valueOf(remote), ADDRESS, address);
    return Contexts.interceptCall(context, call, headers, next);
  }
}
