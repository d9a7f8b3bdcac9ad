package dev.tutti.worker.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs of {@code tutti} that need models on this machine and no server. */
@Command(
    name = "tutti",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "Looks at models and runs them.",
    subcommands = {ModelsCommand.class, BenchCommand.class, TrainCommand.class})
public final class CommandMain {
  /** Runs one command line and ends the process with its exit code: 0, 1 failed, 2 wrong usage. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandFailures failures = new CommandFailures();
    return new CommandLine(new CommandMain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }
}
