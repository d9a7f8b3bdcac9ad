package dev.tutti.server.grpc.call;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.List;

/** What {@code grpc.health.v1} says, of the server as a whole and of each service. */
public final class Health {
  private final HealthStatusManager statuses = new HealthStatusManager();
  private final List<String> services;
  private boolean serving;
  private boolean broken;

  /** Nothing serves before {@link #setServing} says so. */
  public Health(Services services) {
    this.services =
        services.definitions().stream()
            .map(ServerServiceDefinition::getServiceDescriptor)
            .map(ServiceDescriptor::getName)
            .toList();
    announce();
  }

  public synchronized void setServing(boolean serves) {
    serving = serves;
    announce();
  }

  /** Something is broken for good: health says so until the gateway is restarted. */
  public synchronized void setBroken() {
    broken = true;
    announce();
  }

  BindableService service() {
    return statuses.getHealthService();
  }

  /** Nothing serves any more, whatever is said from now on. */
  void end() {
    statuses.enterTerminalState();
  }

  private void announce() {
    ServingStatus status = serving && !broken ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    statuses.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    services.forEach(service -> statuses.setStatus(service, status));
  }
}
