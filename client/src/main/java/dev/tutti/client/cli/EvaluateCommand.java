package dev.tutti.client.cli;

import dev.tutti.client.BankInfo;
import dev.tutti.client.MixtureEvaluation;
import dev.tutti.client.TuttiClient;
import dev.tutti.core.mixture.GroupCount;
import dev.tutti.core.mixture.OverlayRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code tutti evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Score the models on mixtures of known notes.",
    description =
        "Mixes by the notebook's protocol: 100 noises, and 100 mixtures of each size from 1 to 10"
            + " families. Every figure stands beside that of coin flips on the same samples.")
final class EvaluateCommand implements Callable<Integer> {
  /** The name by which a server that we start knows the data set. */
  static final String LOCAL_DATASET = "local";

  /** What to mix, by name. */
  enum Recipe {
    /** Means of spectrograms in decibels. */
    NOTEBOOK("notebook", OverlayRule.MEAN_DECIBEL),
    /** Sums of waveforms. */
    NOTEBOOK_WAVE("notebook-wave", OverlayRule.WAVEFORM_SUM);

    private final String label;
    private final OverlayRule rule;

    Recipe(String label, OverlayRule rule) {
      this.label = label;
      this.rule = rule;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  @Option(
      names = "--dataset",
      paramLabel = "PATH",
      description =
          "Notes to mix: a folder per family, a CSV manifest (path,family), NSynth TFRecord or"
              + " JSON+WAV; with --server, the server's name of a data set. Default: the notes that"
              + " came along.")
  private String dataset;

  @Option(
      names = "--recipe",
      defaultValue = "notebook",
      paramLabel = "RECIPE",
      description =
          "${COMPLETION-CANDIDATES}: means of spectrograms, or sums of waveforms. Default:"
              + " notebook")
  private Recipe recipe;

  @Option(
      names = "--groups",
      split = ",",
      paramLabel = "SIZE:COUNT",
      description =
          "How many mixtures of which sizes, such as 0:100,2:50. Default: 100 of each size from 0"
              + " to 10.")
  private List<String> groups = List.of();

  @Option(names = "--seed", defaultValue = "1", description = "Seed of all draws. Default: 1")
  private long seed;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Mixin private ServerOptions server;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Installation installation = Installation.current();
    List<GroupCount> sizes = groups.stream().map(this::group).toList();
    try (ServerOptions.Session session = server.open(installation, serveOptions(installation))) {
      evaluate(session.client(), installation, sizes);
    }
    return CommandLine.ExitCode.OK;
  }

  private List<String> serveOptions(Installation installation) {
    if (server.remote()) {
      return List.of();
    }
    Path notes = dataset == null ? installation.samples() : Path.of(dataset).toAbsolutePath();
    if (!Files.exists(notes)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "There is no data set at '" + notes + "'.");
    }
    return List.of("--dataset", LOCAL_DATASET + "=" + notes);
  }

  private GroupCount group(String text) {
    Matcher matcher = Pattern.compile("(\\d{1,2}):(\\d{1,7})").matcher(text);
    if (!matcher.matches()) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Invalid value for option '--groups': '" + text + "'; accepted is SIZE:COUNT.");
    }
    return new GroupCount(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private void evaluate(TuttiClient client, Installation installation, List<GroupCount> sizes) {
    BankInfo bank = client.bank();
    String name = server.remote() ? (dataset == null ? "samples" : dataset) : LOCAL_DATASET;
    EvaluationRun run = new EvaluationRun(bank, seed);
    try (ProgressBar progress =
        new ProgressBar(spec.commandLine().getErr(), installation.terminal())) {
      client.evaluate(
          new MixtureEvaluation(name, seed, sizes, recipe.rule, 0),
          event -> run.accept(event, progress));
    }
    if (json) {
      spec.commandLine().getOut().println(Json.write(run.toJson(recipe.label)));
    } else {
      run.print(spec.commandLine().getOut());
    }
  }
}
