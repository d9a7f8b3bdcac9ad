package dev.tutti.worker.cli;

import picocli.CommandLine.Command;

/** The command {@code tutti models}. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    header = "Look at model files and run them. Needs no server.",
    subcommands = {ModelsInspectCommand.class, ModelsPredictCommand.class})
final class ModelsCommand {}
