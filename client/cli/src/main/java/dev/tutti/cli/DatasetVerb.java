package dev.tutti.cli;

import dev.tutti.core.dataset.DatasetException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A verb that reads a data set: what is broken in it ends the verb or is counted. */
abstract class DatasetVerb implements Callable<Integer> {
  private static final int LAST = 100;

  @Option(
      names = "--skip-broken",
      order = LAST,
      description = "Count what is broken and go on after it.")
  private boolean skipBroken;

  @Option(names = "--json", order = LAST, description = "Answer in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;
  private long broken;

  @Override
  public final Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    answer(out);
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  /** Reads and prints. */
  abstract void answer(PrintWriter out) throws IOException;

  /** What hears of what is broken; empty where that is an error. */
  final Optional<Consumer<DatasetException>> skipping() {
    return skipBroken ? Optional.of(this::say) : Optional.empty();
  }

  private void say(DatasetException e) {
    broken++;
    spec.commandLine().getErr().println("tutti: skipped: " + e.getMessage());
  }

  /** How much was broken so far. */
  final long broken() {
    return broken;
  }

  /** Whether the answer is for a program. */
  final boolean isForPrograms() {
    return json;
  }

  /** What says that the options cannot be followed. */
  final CommandLine.ParameterException wrong(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }
}
