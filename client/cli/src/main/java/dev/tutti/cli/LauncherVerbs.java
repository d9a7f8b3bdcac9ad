package dev.tutti.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Verbs that the launcher routes to other programs; they stand here for the help alone. */
final class LauncherVerbs {
  private LauncherVerbs() {}

  /** Another program's verb. */
  abstract static class Elsewhere implements Callable<Integer> {
    @Parameters(hidden = true)
    private String[] ignored;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      spec.commandLine()
          .getErr()
          .println("tutti: the verb '" + spec.name() + "' needs the launcher script, 'tutti'.");
      return CommandLine.ExitCode.USAGE;
    }
  }

  @Command(name = "serve", description = "Serve a folder of models by gRPC until stopped.")
  static final class Serve extends Elsewhere {}

  @Command(
      name = "models",
      description = "Look at model files, run and import them. Needs no server.")
  static final class Models extends Elsewhere {}

  @Command(name = "bench", description = "Measure the models on this machine. Needs no server.")
  static final class Bench extends Elsewhere {}

  @Command(name = "train", description = "Train models on notes, as a bank with a model card.")
  static final class Train extends Elsewhere {}

  @Command(
      name = "test",
      description = "Check format, compile and run all tests (in a source checkout).")
  static final class Test extends Elsewhere {}

  @Command(name = "worker", hidden = true, description = "Host the models for a gateway.")
  static final class Worker extends Elsewhere {}
}
