package dev.tutti.server.grpc.call;

import dev.tutti.server.admission.Deadline;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.RequestLoad;
import dev.tutti.server.admission.StageTimes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Knows who makes the current call, and until when it waits: each connection is a caller. */
public final class Callers implements ServerInterceptor {
  private static final Context.Key<String> CALLER = Context.keyWithDefault("caller", "unknown");

  private static final Context.Key<String> ADDRESS = Context.keyWithDefault("address", "unknown");

  private static final Context.Key<Deadline> DEADLINE =
      Context.keyWithDefault("deadline", Deadline.NONE);

  private static final Context.Key<RequestLoad> LOAD =
      Context.keyWithDefault("load", RequestLoad.NONE);

  private final LongSupplier nanoClock;

  /**
   * @param nanoClock the clock of all deadlines
   */
  public Callers(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  /** The machine from which the current call comes; only on the threads of its handlers. */
  public static String address() {
    return ADDRESS.get();
  }

  /** What the current call's work travels with; only on the threads of its handlers. */
  public static Pass pass(Lane lane) {
    return new Pass(
        lane, DEADLINE.get(), CALLER.get(), RequestIds.KEY.get(), new StageTimes(), LOAD.get());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    String address =
        remote instanceof InetSocketAddress inet && inet.getAddress() != null
            ? inet.getAddress().getHostAddress()
            : String.valueOf(remote);
    RequestBytes bytes = RequestBytes.current();
    Context context =
        Context.current()
            .withValues(CALLER, String.valueOf(remote), ADDRESS, address)
            .withValues(DEADLINE, deadline(), LOAD, bytes == null ? RequestLoad.NONE : bytes);
    return Contexts.interceptCall(context, call, headers, next);
  }

  private Deadline deadline() {
    io.grpc.Deadline wire = Context.current().getDeadline();
    return wire == null
        ? Deadline.NONE
        : Deadline.at(nanoClock.getAsLong() + wire.timeRemaining(TimeUnit.NANOSECONDS));
  }
}
