package dev.tutti.cli;

import dev.tutti.cli.report.TextTable;
import dev.tutti.client.BankInfo;
import dev.tutti.client.TuttiClient;
import dev.tutti.client.WorkerInfo;
import dev.tutti.core.json.Json;
import dev.tutti.core.label.InstrumentFamily;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code tutti status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Show what a running server serves, and its workers.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:it serves", "1:it does not serve or cannot be reached", "2:wrong usage"})
final class StatusCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      converter = ServerAddress.class,
      defaultValue = "127.0.0.1:50051",
      description = "The server. Default: ${DEFAULT-VALUE}")
  private String server;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    try (TuttiClient client = TuttiClient.connect(server, TIMEOUT)) {
      boolean serving = client.serving();
      List<BankInfo> banks = client.banks();
      List<WorkerInfo> workers = client.workers();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.write(toJson(serving, banks, workers)));
      } else {
        print(serving, banks, workers, out);
      }
      return serving ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void print(
      boolean serving, List<BankInfo> banks, List<WorkerInfo> workers, PrintWriter out) {
    out.println(server + (serving ? " serves" : " does not serve"));
    for (BankInfo bank : banks) {
      out.printf(
          "bank %s%s %.12s: %s; input %d x %d, %,d parameters%n",
          bank.name(),
          version(bank),
          bank.digest(),
          bank.families().asList().stream()
              .map(InstrumentFamily::label)
              .collect(Collectors.joining(", ")),
          bank.bins(),
          bank.frames(),
          bank.parameters());
    }
    TextTable table =
        new TextTable(
            List.of("worker", "state", "device", "version", "pid", "restarts", "last exit"));
    for (WorkerInfo worker : workers) {
      table.add(
          List.of(
              worker.name(),
              worker.state(),
              worker.device(),
              worker.version() == 0 ? "-" : String.valueOf(worker.version()),
              worker.pid() == 0 ? "-" : String.valueOf(worker.pid()),
              String.valueOf(worker.restarts()),
              worker.lastExit().isEmpty() ? "-" : worker.lastExit()));
    }
    table.print(out);
  }

  /** Such as {@code @3 (canary)}; nothing where versions have no numbers. */
  static String version(BankInfo bank) {
    String labels = bank.labels().isEmpty() ? "" : " (" + String.join(", ", bank.labels()) + ")";
    return (bank.version() == 0 ? "" : "@" + bank.version()) + labels;
  }

  private Object toJson(boolean serving, List<BankInfo> banks, List<WorkerInfo> workers) {
    return Json.object(
        "server",
        server,
        "serving",
        serving,
        "banks",
        banks.stream()
            .map(
                bank ->
                    Json.object(
                        "name", bank.name(),
                        "version", bank.version(),
                        "labels", bank.labels(),
                        "digest", bank.digest(),
                        "families",
                            bank.families().asList().stream().map(InstrumentFamily::label).toList(),
                        "input_shape", List.of(bank.bins(), bank.frames()),
                        "parameters", bank.parameters()))
            .toList(),
        "workers",
        workers.stream()
            .map(
                worker ->
                    Json.object(
                        "name", worker.name(),
                        "state", worker.state(),
                        "device", worker.device(),
                        "version", worker.version(),
                        "pid", worker.pid(),
                        "restarts", worker.restarts(),
                        "last_exit", worker.lastExit()))
            .toList());
  }
}
