package dev.tutti.cli;

import java.util.logging.LogManager;
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
    if (System.getProperty("java.util.logging.config.file") == null) {
      // Libraries log with stacks what our own sentences say.
      LogManager.getLogManager().reset();
    }
    System.exit(run(args.length == 0 ? new String[] {"--help"} : args));
  }

  private static int run(String[] args) {
    try {
      return commandLine().execute(args);
    } catch (OutOfMemoryError e) {
      long megabytes = Runtime.getRuntime().maxMemory() >> 20;
      System.err.println(
          "tutti: "
              + megabytes
              + " MB of memory is too little for this; give more, such as TUTTI_HEAP="
              + 2 * megabytes
              + "m.");
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  static CommandLine commandLine() {
    CommandFailures failures = new CommandFailures();
    return new CommandLine(new TuttiCommand())
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }
}
