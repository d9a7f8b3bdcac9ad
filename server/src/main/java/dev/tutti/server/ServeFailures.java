package dev.tutti.server;

import dev.tutti.server.config.InvalidSettingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * What {@code tutti serve} says when it does not serve: one sentence, last, so that whoever reads
 * the end of a log reads it.
 */
final class ServeFailures {
  private ServeFailures() {}

  /** Wrong usage: exit code 2, and where to read what is right. */
  static int usage(ParameterException failure, String[] args) {
    PrintWriter err = failure.getCommandLine().getErr();
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
    say(err, failure.getMessage() + " 'tutti serve --help' lists what is accepted.");
    return CommandLine.ExitCode.USAGE;
  }

  /** Any other failure: exit code 1. */
  static int execution(Exception failure, CommandLine commandLine, CommandLine.ParseResult parsed) {
    String message = failure.getMessage();
    say(commandLine.getErr(), message == null ? failure.toString() : message);
    return CommandLine.ExitCode.SOFTWARE;
  }

  static InvalidSettingException noModels(Path folder) {
    return new InvalidSettingException(
        "There is no folder of models at '" + folder + "'. Name one with --models DIR.");
  }

  static InvalidSettingException noSettingsFile(Path file, Throwable cause) {
    return new InvalidSettingException("There is no settings file '" + file + "'.", cause);
  }

  static IOException cannotListen(String host, int port, IOException cause) {
    return new IOException(
        "cannot listen on %s:%d: %s. Name another --port or --host."
            .formatted(host, port, root(cause).getMessage()),
        cause);
  }

  private static void say(PrintWriter err, String sentence) {
    err.println("tutti serve: " + sentence);
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
