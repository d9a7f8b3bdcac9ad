package dev.tutti.server.supervision;

import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Probes by {@code grpc.health.v1}. */
public final class HealthProbe implements WorkerProbe {
  private final ManagedChannel channel;

  public HealthProbe(ManagedChannel channel) {
    this.channel = channel;
  }

  @Override
  public CompletableFuture<Boolean> check(Duration timeout) {
    CompletableFuture<Boolean> serving = new CompletableFuture<>();
    HealthGrpc.newStub(channel)
        .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS)
        .check(
            HealthCheckRequest.getDefaultInstance(),
            new StreamObserver<HealthCheckResponse>() {
              @Override
              public void onNext(HealthCheckResponse response) {
                serving.complete(response.getStatus() == HealthCheckResponse.ServingStatus.SERVING);
              }

              @Override
              public void onError(Throwable problem) {
                serving.complete(false);
              }

              @Override
              public void onCompleted() {
                serving.complete(false);
              }
            });
    return serving;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
