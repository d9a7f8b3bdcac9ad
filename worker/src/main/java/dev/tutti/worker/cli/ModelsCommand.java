package dev.tutti.worker.cli;

import picocli.CommandLine.Command;

/** The command {@code tutti models}. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    header = "Look at model files, run them, make banks of them. Needs no server.",
    subcommands = {
      ModelsInspectCommand.class,
      ModelsPredictCommand.class,
      ModelsImportCommand.class
    })
final class ModelsCommand {}
