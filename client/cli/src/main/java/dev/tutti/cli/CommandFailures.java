package dev.tutti.cli;

import dev.tutti.client.TuttiException;
import dev.tutti.core.file.FileFailures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How every verb says that something went wrong: one sentence, the last that is printed. A page of
 * help in front of it would push it off the screen, so help is only named.
 */
final class CommandFailures
    implements CommandLine.IParameterExceptionHandler, CommandLine.IExecutionExceptionHandler {

  /** A wrong use: exit code 2. */
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine line = failure.getCommandLine();
    PrintWriter err = line.getErr();
    err.println(
        "tutti: %s%s Try '%s --help'."
            .formatted(
                ended(failure.getMessage()),
                suggestion(failure),
                line.getCommandSpec().qualifiedName()));
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** A failure of the work: exit code 1. */
  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    err.println("tutti: " + sentence(failure));
    if (failure instanceof TuttiException refused) {
      refused.violations().forEach(violation -> err.println("  " + violation));
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** A failure in one line. */
  static String sentence(Exception failure) {
    if (failure instanceof UncheckedIOException unchecked) {
      return FileFailures.sentence(unchecked.getCause());
    }
    if (failure instanceof IOException io) {
      return FileFailures.sentence(io);
    }
    if (failure instanceof TuttiException refused && refused.unreachable()) {
      return ended(refused.getMessage())
          + " Start a server with 'tutti serve', or name another with --server.";
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  private static String suggestion(ParameterException failure) {
    List<String> near =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
  }

  private static String ended(String sentence) {
    String line = sentence.replaceAll("\\s*\\R\\s*", " ").strip();
    return line.matches(".*[.?!]") ? line : line + ".";
  }
}
