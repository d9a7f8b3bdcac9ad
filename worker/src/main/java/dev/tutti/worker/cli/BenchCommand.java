package dev.tutti.worker.cli;

import picocli.CommandLine.Command;

/** The command {@code tutti bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "VERB",
    header = "Measure this machine.",
    subcommands = BenchBankCommand.class)
final class BenchCommand {}
