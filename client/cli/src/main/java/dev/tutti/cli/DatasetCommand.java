package dev.tutti.cli;

import picocli.CommandLine.Command;

/** The command {@code tutti dataset}. */
@Command(
    name = "dataset",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "VERB",
    header = "Look at data sets. Needs no server.",
    subcommands = DatasetInspectCommand.class)
final class DatasetCommand {}
