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

  /** What to do with a server. */
  interface Work {
    /** Returns the command's exit code. */
    int with(TuttiClient client) throws IOException;
  }

  boolean remote() {
    return server != null;
  }

  /**
   * Connects, works and leaves; a server of our own ends with the work.
   *
   * @param extra further options for a server that is started
   */
  int run(Installation installation, List<String> extra, Work work)
      throws IOException, InterruptedException {
    if (server != null) {
      return connected(server, work);
    }
    List<String> options = new ArrayList<>(List.of("--devices", devices));
    if (models != null) {
      options.addAll(List.of("--models", models.toAbsolutePath().toString()));
    } else {
      installation.modelNotice().lines().forEach(spec.commandLine().getErr()::println);
    }
    options.addAll(extra);
    try (LocalGateway gateway = LocalGateway.start(installation, options)) {
      return connected(gateway.target(), work);
    }
  }

  private static int connected(String target, Work work) throws IOException {
    try (TuttiClient client = TuttiClient.connect(target, TIMEOUT)) {
      return work.with(client);
    }
  }
}
