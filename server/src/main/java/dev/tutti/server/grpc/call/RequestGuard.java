package dev.tutti.server.grpc.call;

import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.error.ServingException;
import dev.tutti.server.error.TooLargeException;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Stands before every service: what a client sends reaches an endpoint only as a whole message
 * within all limits, and each call can be ended from outside with a status of its own.
 */
public final class RequestGuard {
  /** What gRPC's documentation tells clients to expect. */
  public static final int MAX_HEADER_BYTES = 8 << 10;

  private static final Duration COME_BACK = Duration.ofSeconds(1);

  private final ServerConfig config;
  private final InFlightBytes inFlight;
  private final OpenCalls calls;
  private final LongSupplier nanoClock;
  private final RequestIds requestIds;

  public RequestGuard(
      ServerConfig config,
      InFlightBytes inFlight,
      OpenCalls calls,
      LongSupplier nanoClock,
      RequestIds requestIds) {
    this.config = config;
    this.inFlight = inFlight;
    this.calls = calls;
    this.nanoClock = nanoClock;
    this.requestIds = requestIds;
  }

  /** The same service behind the guard. */
  public ServerServiceDefinition guard(ServerServiceDefinition service) {
    ServiceDescriptor plain = service.getServiceDescriptor();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(plain.getName())
            .setSchemaDescriptor(plain.getSchemaDescriptor());
    var methods = service.getMethods().stream().map(this::guard).toList();
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder guarded = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(guarded::addMethod);
    return guarded.build();
  }

  private <Q, A> ServerMethodDefinition<Received<Q>, A> guard(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> plain = method.getMethodDescriptor();
    MethodDescriptor<Received<Q>, A> guarded =
        plain.toBuilder(
                new RequestMarshaller<>(plain.getRequestMarshaller(), config.maxMessageBytes()),
                plain.getResponseMarshaller())
            .build();
    return ServerMethodDefinition.create(
        guarded,
        (call, headers) ->
            start(
                new RefusableCall<>(call, plain, requestIds.of(headers)),
                headers,
                method.getServerCallHandler()));
  }

  private <Q, A> ServerCall.Listener<Received<Q>> start(
      RefusableCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> endpoint) {
    Optional<ServingException> refusal = refusal(call, headers);
    if (refusal.isPresent()) {
      return over(call, refusal.get());
    }
    RequestBytes traced = RequestBytes.current();
    RequestBytes bytes =
        traced != null ? traced : new RequestBytes(inFlight, config.maxMessageBytes(), nanoClock);
    bytes.onExcess(call::refuse);
    Context context =
        Context.current().withValues(RequestBytes.KEY, bytes, RequestIds.KEY, call.requestId());
    Context outer = context.attach();
    try {
      return new GuardedListener<>(
          call,
          endpoint.startCall(call, headers),
          bytes,
          config.idleTimeout(),
          nanoClock.getAsLong(),
          calls);
    } catch (RuntimeException e) {
      return over(call, e);
    } finally {
      context.detach(outer);
    }
  }

  private Optional<ServingException> refusal(RefusableCall<?, ?> call, Metadata headers) {
    if (Connections.isExcess(call.getAttributes())) {
      return Optional.of(
          tooMany(config.maxConnections() + " connections are open", "server.max-connections"));
    }
    if (calls.size() >= config.maxCalls()) {
      return Optional.of(tooMany(config.maxCalls() + " calls are under way", "server.max-calls"));
    }
    return HeaderSize.of(headers) <= MAX_HEADER_BYTES
        ? Optional.empty()
        : Optional.of(
            new TooLargeException(
                "The metadata are longer than "
                    + MAX_HEADER_BYTES
                    + " bytes, which is the most that is accepted."));
  }

  private static OverloadedException tooMany(String what, String setting) {
    return new OverloadedException(
        what + " already; no more are accepted for now (setting " + setting + ").", COME_BACK);
  }

  private static <Q> ServerCall.Listener<Received<Q>> over(
      RefusableCall<Q, ?> call, RuntimeException failure) {
    call.refuse(failure);
    return new ServerCall.Listener<>() {};
  }
}
