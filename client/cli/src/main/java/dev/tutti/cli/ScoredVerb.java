package dev.tutti.cli;

import dev.tutti.cli.report.FigureLines;
import dev.tutti.core.json.Json;
import dev.tutti.core.score.ScoredMatrices;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A verb that reads truths and scores and answers with named figures. */
abstract class ScoredVerb implements Callable<Integer> {
  private static final int LAST = 100;

  @Mixin private ScoredFilesOptions files;

  @Option(names = "--json", order = LAST, description = "Answer in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public final Integer call() throws IOException {
    check();
    Map<String, Object> figures = figures(files.read());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(figures));
    } else {
      FigureLines.print(figures, out);
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  /**
   * Refuses options that cannot be followed, by {@link #wrong}.
   *
   * @throws IOException where the results cannot be written
   */
  void check() throws IOException {}

  /** The answer. */
  abstract Map<String, Object> figures(ScoredMatrices matrices) throws IOException;

  /** Whether the answer is for a program. */
  final boolean isForPrograms() {
    return json;
  }

  /** Where progress is shown. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /**
   * Refuses options that would have no effect.
   *
   * @param purpose what they are for instead
   */
  final void refuseGiven(List<String> options, String purpose) {
    for (String option : options) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw wrong("Option '%s' is %s.".formatted(option, purpose));
      }
    }
  }

  /** What says that an option has a value that is not accepted. */
  final CommandLine.ParameterException wrong(String option, Object value, String accepted) {
    return wrong(
        "Invalid value for option '%s': %s; it must be %s.".formatted(option, value, accepted));
  }

  /** What says that options cannot be followed. */
  final CommandLine.ParameterException wrong(String sentence) {
    return new CommandLine.ParameterException(spec.commandLine(), sentence);
  }
}
