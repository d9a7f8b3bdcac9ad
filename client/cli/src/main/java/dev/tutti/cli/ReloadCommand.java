package dev.tutti.cli;

import dev.tutti.client.BankInfo;
import dev.tutti.client.TuttiClient;
import dev.tutti.core.json.Json;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code tutti reload}. */
@Command(
    name = "reload",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Make a running server load the newest models on its disk.",
    description =
        "New workers load them beside the old ones, which answer until the new ones are warm and"
            + " then finish what they have. Models that cannot be served are refused.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the newest models serve",
      "1:they are refused, and the old ones go on serving",
      "2:wrong usage"
    })
final class ReloadCommand implements Callable<Integer> {
  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      converter = ServerAddress.class,
      defaultValue = "127.0.0.1:50051",
      description = "The server. Default: ${DEFAULT-VALUE}")
  private String server;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description =
          "How long to wait; the server goes on when that has passed. Default: ${DEFAULT-VALUE}")
  private int patience;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (patience < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--patience is " + patience + "; it must be 1 or more.");
    }
    Duration limit = Duration.ofSeconds(patience);
    try (TuttiClient client = TuttiClient.connect(server, limit)) {
      BankInfo bank = client.reload(limit);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(
            Json.write(
                Json.object(
                    "name", bank.name(), "version", bank.version(), "digest", bank.digest())));
      } else {
        out.printf(
            "%s serves %s%s %.12s%n",
            server, bank.name(), StatusCommand.version(bank), bank.digest());
      }
      return CommandLine.ExitCode.OK;
    }
  }
}
