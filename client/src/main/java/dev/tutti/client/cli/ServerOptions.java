package dev.tutti.client.cli;

import dev.tutti.client.TuttiClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which server to ask: one that runs, or one of our own for the time of the command. */
final class ServerOptions {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      description = "A server that runs. Without it, one is started for this command.")
  private String server;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Models for the server that is started. Default: the models that came along.")
  private Path models;

  @Option(
      names = "--devices",
      paramLabel = "DEVICES",
      description = "Devices for the server that is started, such as cpu:2. Default: cpu:1",
      defaultValue = "cpu:1")
  private String devices;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** A connection, and the server behind it when it is our own. */
  record Session(TuttiClient client, Runnable stop) implements AutoCloseable {
    @Override
    public void close() {
      client.close();
      stop.run();
    }
  }

  boolean remote() {
    return server != null;
  }

  /**
   * Connects.
   *
   * @param extra further options for a server that is started
   */
  Session open(Installation installation, List<String> extra)
      throws IOException, InterruptedException {
    if (server != null) {
      return new Session(TuttiClient.connect(server, TIMEOUT), () -> {});
    }
    List<String> options = new ArrayList<>(List.of("--devices", devices));
    if (models != null) {
      options.addAll(List.of("--models", models.toAbsolutePath().toString()));
    } else {
      installation.modelNotice().lines().forEach(spec.commandLine().getErr()::println);
    }
    options.addAll(extra);
    LocalGateway gateway = LocalGateway.start(installation, options);
    return new Session(TuttiClient.connect(gateway.target(), TIMEOUT), gateway::close);
  }
}
