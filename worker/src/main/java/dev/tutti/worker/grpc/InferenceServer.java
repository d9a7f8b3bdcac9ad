package dev.tutti.worker.grpc;

import dev.tutti.worker.bank.BankDescription;
import dev.tutti.worker.bank.ModelBank;
import dev.tutti.worker.v1.InferenceServiceGrpc;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves one warm bank, with {@code grpc.health.v1} beside it. */
public final class InferenceServer {
  private static final Logger log = LoggerFactory.getLogger(InferenceServer.class);

  /** The digest, and a few bytes of framing for each row. */
  private static final int MESSAGE_OVERHEAD = 64 * 1024;

  private static final int QUEUED_BATCHES = 16;
  private static final int MEBIBYTE = 1 << 20;

  /** Enough for answers that are on their way out. */
  private static final Duration ANSWERS_LEAVE = Duration.ofSeconds(1);

  private static final Duration KEEPALIVE_FLOOR = Duration.ofSeconds(5);

  private final Transport transport;
  private final InferenceExecutor executor;
  private final HealthStatusManager health;
  private final Server server;
  private final String address;

  private InferenceServer(Transport transport, ModelBank bank, ListenAddress asked)
      throws IOException {
    this.transport = transport;
    this.executor = new InferenceExecutor(QUEUED_BATCHES);
    this.health = new HealthStatusManager();
    this.server =
        transport
            .server()
            .directExecutor() // Endpoints only hand over; the health service only looks up.
            .maxInboundMessageSize(messageLimit(bank.description()))
            .flowControlWindow(8 * MEBIBYTE)
            .permitKeepAliveTime(KEEPALIVE_FLOOR.toSeconds(), TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .addService(new InferenceEndpoint(bank, executor))
            .addService(health.getHealthService())
            .build();
    health.setStatus(InferenceServiceGrpc.SERVICE_NAME, ServingStatus.SERVING);
    server.start();
    this.address = Transport.describe(asked, server.getListenSockets().get(0));
  }

  /**
   * Starts to serve a bank; {@link #drain} ends it. The bank stays its caller's.
   *
   * @throws ListenException if the address cannot be used
   */
  public static InferenceServer start(ModelBank bank, ListenAddress address)
      throws ListenException {
    Transport transport = Transport.of(address);
    try {
      return new InferenceServer(transport, bank, address);
    } catch (IOException e) {
      transport.close();
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ListenException("cannot listen on " + address + ": " + cause.getMessage(), e);
    }
  }

  /** Where it listens: {@code unix:/path} or {@code host:port}. */
  public String address() {
    return address;
  }

  /** Blocks until {@link #drain} has ended. */
  public void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  /**
   * Takes no new calls, finishes the batches that run or are queued, and closes. Health watchers
   * may hold their calls open for ever, so it is the batches that are waited for.
   */
  public void drain(Duration patience) {
    health.enterTerminalState();
    server.shutdown();
    try {
      if (!executor.finish(patience)) {
        log.warn("Batches still ran after {} and were given up.", patience);
      }
      server.awaitTermination(ANSWERS_LEAVE.toMillis(), TimeUnit.MILLISECONDS);
      server.shutdownNow();
      server.awaitTermination(ANSWERS_LEAVE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    transport.close();
  }

  /** The largest message: a full batch. */
  private static int messageLimit(BankDescription bank) {
    long row = bank.input().kinds().stream().mapToInt(bank.input()::rowBytes).max().orElseThrow();
    return Math.toIntExact(bank.batchSizes().largest() * row + MESSAGE_OVERHEAD);
  }
}
