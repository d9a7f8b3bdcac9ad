package dev.tutti.cli;

import dev.tutti.cli.local.Installation;
import dev.tutti.cli.local.LocalGateway;
import dev.tutti.client.TuttiClient;
import dev.tutti.client.TuttiException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which server to ask: one that runs, or one of our own for the time of the command. */
final class ServerOptions {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String DEVICES = "cpu:1";

  /** For a server that hears a few clips: in float32, no probes have to decide on the precision. */
  static final List<String> FOR_A_FEW_CLIPS = List.of("--precision", "float32");

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      converter = ServerAddress.class,
      description = "A running server. Without it, one is started for this command.")
  private String server;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Models for the server that is started. Default: the bundled models.")
  private Path models;

  @Option(
      names = "--devices",
      paramLabel = "DEVICES",
      description = "Devices for the server that is started, such as cpu:2. Default: " + DEVICES)
  private String devices;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** What to do with a server. */
  interface Work {
    /** Returns the command's exit code. */
    int with(TuttiClient client) throws IOException, InterruptedException;
  }

  boolean remote() {
    return server != null;
  }

  /**
   * Refuses options that cannot go together and models that are not there.
   *
   * @throws ParameterException with what is accepted
   */
  void check() {
    if (server != null && (models != null || devices != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--server names a server that runs, %s is for one that is started: give one of them"
              .formatted(models != null ? "--models" : "--devices"));
    }
    if (models != null && !Files.isDirectory(models)) {
      throw new ParameterException(
          spec.commandLine(),
          Files.exists(models)
              ? "--models: %s is not a folder".formatted(models)
              : "--models: there is no folder '%s'".formatted(models));
    }
  }

  /**
   * Connects, works and leaves; a server of our own ends with the work. On a terminal it is said
   * that one is started, because that takes seconds.
   *
   * @param extra further options for a server that is started
   */
  int run(Installation installation, List<String> extra, Work work)
      throws IOException, InterruptedException {
    check();
    if (server != null) {
      return connected(server, work);
    }
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--devices", devices == null ? DEVICES : devices));
    if (models != null) {
      options.addAll(List.of("--models", models.toAbsolutePath().toString()));
    }
    options.addAll(extra);
    PrintWriter err = spec.commandLine().getErr();
    if (installation.terminal()) {
      err.println("starting a server for this command ...");
      err.flush();
    }
    try (LocalGateway gateway = LocalGateway.start(installation, options)) {
      return connected(gateway.target(), work);
    } catch (TuttiException e) {
      if (e.unreachable()) {
        throw new IOException("the server that this command started has ended", e);
      }
      throw e;
    }
  }

  private static int connected(String target, Work work) throws IOException, InterruptedException {
    try (TuttiClient client = TuttiClient.connect(target, TIMEOUT)) {
      return work.with(client);
    }
  }
}
