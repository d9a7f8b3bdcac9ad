package dev.tutti.server.grpc.call;

import dev.tutti.server.async.CallEpochs;
import io.grpc.BindableService;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Services for a {@link Listener}, each behind what all their calls pass through: who calls, the
 * epoch in which the call began, and whether the caller may change the server.
 */
public final class Services {
  private final ServerInterceptor[] interceptors;
  private final RequestIds requestIds;
  private final List<ServerServiceDefinition> definitions = new ArrayList<>();

  /**
   * @param calls hears of every call
   * @param admin who may call what changes the server
   * @param nanoClock the clock of all deadlines
   * @param requestIds names their requests
   */
  public Services(
      CallEpochs calls, AdminAccess admin, LongSupplier nanoClock, RequestIds requestIds) {
    this.requestIds = requestIds;
    // The last one is asked first.
    this.interceptors =
        new ServerInterceptor[] {
          new Callers(nanoClock), new CallEpochInterceptor(calls), new AdminInterceptor(admin)
        };
  }

  /** One more; not after a listener has been made of them. */
  public Services add(BindableService endpoint) {
    definitions.add(ServerInterceptors.intercept(endpoint, interceptors));
    return this;
  }

  RequestIds requestIds() {
    return requestIds;
  }

  List<ServerServiceDefinition> definitions() {
    return List.copyOf(definitions);
  }
}
