package dev.tutti.client.cli;

import dev.tutti.client.TuttiException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code tutti}: what its verbs have in common. */
@Command(
    name = "tutti",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    description = "Says which instrument families play in a piece of audio.",
    commandListHeading = "%nVerbs:%n",
    subcommands = {
      DemoCommand.class,
      ClassifyCommand.class,
      EvaluateCommand.class,
      MetricsCommand.class,
      ThresholdsCommand.class,
      CalibrateCommand.class,
      CurvesCommand.class,
      SpectrogramCommand.class,
      DatasetCommand.class,
      MixturesCommand.class,
      RenderCommand.class,
      StatusCommand.class,
      ReloadCommand.class,
      LauncherVerbs.Models.class,
      LauncherVerbs.Bench.class,
      LauncherVerbs.Train.class,
      LauncherVerbs.Serve.class,
      LauncherVerbs.Test.class,
      LauncherVerbs.Worker.class
    },
    footer = {
      "",
      "Begin with 'tutti demo'. 'tutti VERB --help' explains a verb.",
      "Exit codes: 0 ok, 1 failed, 2 wrong usage."
    })
public final class TuttiCommand {
  /** Runs one command line and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(commandLine().execute(args.length == 0 ? new String[] {"--help"} : args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new TuttiCommand())
        .setExecutionExceptionHandler(
            (failure, line, parsed) -> {
              line.getErr().println("tutti: " + message(failure));
              if (failure instanceof TuttiException refused) {
                refused.violations().forEach(violation -> line.getErr().println("  " + violation));
              }
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  private static String message(Exception failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
