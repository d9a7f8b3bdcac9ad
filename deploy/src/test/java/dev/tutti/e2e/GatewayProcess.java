package dev.tutti.e2e;

import dev.tutti.v1.ListWorkersRequest;
import dev.tutti.v1.Worker;
import dev.tutti.v1.WorkerAdminServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A gateway as a user starts it: the distribution's launcher, real workers, a free port. */
final class GatewayProcess implements AutoCloseable {
  private static final int START_SECONDS = 240;
  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final Path log;
  private final int port;
  private final ManagedChannel channel;

  private GatewayProcess(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port)
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();
  }

  /**
   * @param folder for its log and port file
   * @param options options of {@code tutti serve}
   */
  static GatewayProcess start(Path folder, String... options) throws Exception {
    return start(folder, Map.of(), options);
  }

  /** The same with more in its environment. */
  static GatewayProcess start(Path folder, Map<String, String> environment, String... options)
      throws Exception {
    Path portFile = folder.resolve("port");
    Path log = folder.resolve("gateway.log");
    Files.deleteIfExists(portFile);
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--port", "0", "--port-file", portFile.toString()));
    arguments.add("--exit-with-stdin");
    arguments.addAll(List.of(options));
    ProcessBuilder command =
        Distribution.command(arguments.toArray(String[]::new))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    command.environment().putAll(environment);
    Process process = command.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!Files.exists(portFile)) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new IOException("The gateway did not start:\n" + Files.readString(log));
      }
    }
    return new GatewayProcess(process, log, Integer.parseInt(Files.readString(portFile).strip()));
  }

  ManagedChannel channel() {
    return channel;
  }

  int port() {
    return port;
  }

  Process process() {
    return process;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  /** Whether it has said this by now. */
  boolean logHas(String text) {
    try {
      return log().contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Worker> workers() {
    return WorkerAdminServiceGrpc.newBlockingStub(channel)
        .listWorkers(ListWorkersRequest.getDefaultInstance())
        .getWorkersList();
  }

  @Override
  public void close() throws IOException {
    channel.shutdownNow();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("The gateway did not stop:\n" + log());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
