package dev.tutti.server.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private Server server;
  private ManagedChannel channel;

  @AfterEach
  void close() {
    channel.shutdownNow();
    if (server != null) {
      server.shutdownNow();
    }
  }

  @Test
  void itFollowsWhatTheWorkerSays() throws Exception {
    HealthStatusManager health = new HealthStatusManager();
    HealthProbe probe = probe(health.getHealthService());
    assertTrue(check(probe, SOON));
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
    assertFalse(check(probe, SOON));
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
    assertTrue(check(probe, SOON));
  }

  @Test
  void noAnswerInTimeIsANo() throws Exception {
    HealthProbe probe =
        probe(
            new HealthGrpc.HealthImplBase() {
              @Override
              public void check(
                  HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
                // Never.
              }
            });
    assertFalse(check(probe, Duration.ofMillis(50)));
  }

  @Test
  void anAnswerThatIsNoneIsANo() throws Exception {
    HealthProbe probe =
        probe(
            new HealthGrpc.HealthImplBase() {
              @Override
              public void check(
                  HealthCheckRequest request, StreamObserver<HealthCheckResponse> observer) {
                observer.onCompleted();
              }
            });
    assertFalse(check(probe, SOON));
  }

  @Test
  void nobodyThereIsANo() throws Exception {
    channel = InProcessChannelBuilder.forName("nobody-" + this).directExecutor().build();
    assertFalse(check(new HealthProbe(channel), SOON));
  }

  @Test
  void closingClosesTheConnection() throws Exception {
    HealthProbe probe = probe(new HealthStatusManager().getHealthService());
    probe.close();
    assertTrue(channel.isShutdown());
    assertFalse(check(probe, SOON));
  }

  private HealthProbe probe(BindableService service) throws IOException {
    String name = InProcessServerBuilder.generateName();
    server = InProcessServerBuilder.forName(name).directExecutor().addService(service).build();
    server.start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    assertEquals(1, server.getServices().size());
    return new HealthProbe(channel);
  }

  private static boolean check(HealthProbe probe, Duration timeout) throws Exception {
    return probe.check(timeout).get(30, TimeUnit.SECONDS);
  }
}
