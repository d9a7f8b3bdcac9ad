package dev.tutti.server.grpc.call;

import dev.tutti.v1.ModelServiceGrpc;
import dev.tutti.v1.WorkerAdminServiceGrpc;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses the calls that change the server to those who may not make them. */
public final class AdminInterceptor implements ServerInterceptor {
  private static final Logger log = LoggerFactory.getLogger(AdminInterceptor.class);

  private static final Set<String> METHODS =
      Set.of(
          ModelServiceGrpc.getSetThresholdsMethod().getFullMethodName(),
          ModelServiceGrpc.getReloadModelBankMethod().getFullMethodName(),
          WorkerAdminServiceGrpc.getDrainWorkerMethod().getFullMethodName(),
          WorkerAdminServiceGrpc.getRestartWorkerMethod().getFullMethodName());

  private final AdminAccess access;

  public AdminInterceptor(AdminAccess access) {
    this.access = access;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    SocketAddress caller = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    if (!METHODS.contains(method)) {
      return next.startCall(call, headers);
    }
    boolean admitted = admits(caller);
    log.info("{} called {}: {}.", caller, method, admitted ? "admitted" : "refused");
    if (!admitted) {
      call.close(
          Status.PERMISSION_DENIED.withDescription(
              method
                  + " changes the server; the setting server.admin admits "
                  + (access == AdminAccess.OFF ? "nobody" : "only callers on the same machine")
                  + "."),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return next.startCall(call, headers);
  }

  private boolean admits(SocketAddress caller) {
    return switch (access) {
      case OFF -> false;
      case ANY -> true;
      case LOCAL ->
          caller instanceof InetSocketAddress address
              && address.getAddress() != null
              && address.getAddress().isLoopbackAddress();
    };
  }
}
