package dev.tutti.cli;

import dev.tutti.cli.input.FamilyNames;
import dev.tutti.cli.input.RecipeFile;
import dev.tutti.cli.local.BundledModels;
import dev.tutti.cli.local.Installation;
import dev.tutti.cli.report.EvaluationFiles;
import dev.tutti.cli.report.EvaluationRun;
import dev.tutti.cli.report.HeldOutFigures;
import dev.tutti.cli.report.MissingModels;
import dev.tutti.cli.report.ProgressBar;
import dev.tutti.client.BankInfo;
import dev.tutti.client.MixtureEvaluation;
import dev.tutti.client.TuttiClient;
import dev.tutti.core.file.OutputPath;
import dev.tutti.core.json.Json;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.mixture.GroupCount;
import dev.tutti.core.mixture.MixtureRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    header = "Score the models on known notes, mixed or alone.",
    description =
        "Headline figures stand beside those of trivial predictors on the very same samples: coin"
            + " flips, all families present, and knowing only how many play.")
final class EvaluateCommand implements Callable<Integer> {
  /** The name by which a server that we start knows the data set. */
  static final String LOCAL_DATASET = "local";

  /** The name by which every server knows the bundled notes. */
  private static final String SAMPLES = "samples";

  @Option(
      names = "--dataset",
      paramLabel = "PATH",
      description =
          "Notes to mix: a folder per family, a CSV manifest (path,family), NSynth TFRecord or"
              + " JSON+WAV; with --server, the server's name of a data set. Default: the bundled"
              + " notes.")
  private String dataset;

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      description =
          "notebook (100 noises and 100 mixtures of each size from 1 to 10 as means of spectrograms"
              + " in dB), notebook-wave (the same as sums of waveforms), notebook-compatible (with"
              + " the notebook's slips), exhaustive (every combination of families once), or a YAML"
              + " file. Default: notebook")
  private String recipe;

  @Option(
      names = "--solo",
      description =
          "Instead of mixtures, every note alone: also which family scores highest, as accuracy,"
              + " classification report and confusion matrix.")
  private boolean solo;

  @Option(
      names = "--families",
      split = ",",
      paramLabel = "FAMILY",
      description =
          "Draw and score only these, such as bass,vocal. Default: the recipe's; the notebook's"
              + " are all but synth_lead, which the notebook does not know.")
  private List<String> families = List.of();

  @Option(
      names = "--groups",
      split = ",",
      paramLabel = "SIZE:COUNT",
      description =
          "How many mixtures of which sizes, such as 0:100,2:50, instead of the recipe's.")
  private List<String> groups = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of all draws, instead of the recipe's. Default: 1")
  private Long seed;

  @Option(
      names = "--from",
      defaultValue = "0",
      paramLabel = "N",
      description = "Begin at this mixture, such as where a run was cut off. Default: 0")
  private long from;

  @Option(names = "--count", paramLabel = "N", description = "Only this many. Default: all")
  private Long count;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      defaultValue = "0",
      description = "95 %% intervals of the headline figures from N resamples, such as 1000.")
  private int resamples;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Also write files: predictions.csv and probabilities.csv with the notebook's columns,"
              + " samples.csv, average_precision.csv, groups.csv, thresholds.json, report.json and,"
              + " with --solo, confusion matrices.")
  private Path out;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Mixin private ServerOptions server;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check(
        !solo || (recipe == null && groups.isEmpty()),
        "--solo takes neither --recipe nor --groups");
    check(
        from >= 0 && (count == null || count > 0),
        "--from must be 0 or more, and --count 1 or more");
    check(resamples >= 0, "--bootstrap must be 0 or more");
    server.check();
    RecipeFile file = recipeFile();
    MixtureRecipe mixtures = file.open(Optional.ofNullable(seed));
    if (!groups.isEmpty()) {
      mixtures = RecipeFile.withGroups(mixtures, groups.stream().map(this::group).toList());
    }
    MixtureEvaluation evaluation =
        new MixtureEvaluation(
            server.remote() ? (dataset == null ? SAMPLES : dataset) : LOCAL_DATASET,
            mixtures,
            solo,
            solo ? Integer.MAX_VALUE : file.notesPerFamily(),
            List.of(),
            new MixtureEvaluation.Part(from, count == null ? 0 : count),
            0);
    if (out != null) {
      OutputPath.makeFolder(out);
    }
    Installation installation = Installation.current();
    return server.run(
        installation, serveOptions(installation), client -> evaluate(client, file, evaluation));
  }

  private RecipeFile recipeFile() {
    try {
      return RecipeFile.named(recipe == null ? RecipeFile.NOTEBOOK : recipe);
    } catch (IOException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void check(boolean right, String accepted) {
    if (!right) {
      throw new CommandLine.ParameterException(spec.commandLine(), accepted + ".");
    }
  }

  private List<String> serveOptions(Installation installation) {
    if (server.remote()) {
      return List.of();
    }
    Path notes = dataset == null ? installation.samples() : Path.of(dataset).toAbsolutePath();
    check(Files.exists(notes), "There is no data set at '" + notes + "'");
    return List.of("--dataset", LOCAL_DATASET + "=" + notes);
  }

  private GroupCount group(String text) {
    Matcher matcher = Pattern.compile("(\\d{1,2}):(\\d{1,7})").matcher(text);
    check(
        matcher.matches(),
        "Invalid value for option '--groups': '" + text + "'; it must be SIZE:COUNT");
    return new GroupCount(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private FamilySet families(RecipeFile file, FamilySet served) throws IOException {
    if (families.isEmpty()) {
      return solo ? served : file.families(served);
    }
    try {
      return FamilyNames.choose(families, served, "--families");
    } catch (IOException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /** What the models' card says, where the notes are the bundled ones. */
  private Optional<HeldOutFigures> heldOutTest(BankInfo bank) throws IOException {
    boolean samples = dataset == null || (server.remote() && dataset.equals(SAMPLES));
    if (server.remote() && !samples) {
      return Optional.empty();
    }
    return BundledModels.of(Installation.current())
        .heldOutTest(bank, samples ? null : Path.of(dataset));
  }

  private int evaluate(TuttiClient client, RecipeFile file, MixtureEvaluation evaluation)
      throws IOException {
    BankInfo whole = client.bank();
    MissingModels.say(whole, spec.commandLine().getErr());
    BankInfo bank = whole.among(families(file, whole.families()));
    String name = solo ? "solo" : recipe == null ? RecipeFile.NOTEBOOK : recipe;
    var view = new EvaluationRun.View(name, evaluation.recipe().seed(), resamples, solo);
    Optional<EvaluationFiles> files =
        out == null ? Optional.empty() : Optional.of(new EvaluationFiles(out, bank.families()));
    EvaluationRun run = new EvaluationRun(bank, view, heldOutTest(whole), files);
    try (ProgressBar progress =
        new ProgressBar(spec.commandLine().getErr(), Installation.current().terminal())) {
      client.evaluate(
          evaluation.among(bank.families().asList()), event -> run.accept(event, progress));
      run.finish();
    } finally {
      if (files.isPresent()) {
        files.get().close();
      }
    }
    if (json) {
      spec.commandLine().getOut().println(Json.write(run.toJson()));
    } else {
      run.print(spec.commandLine().getOut());
    }
    return CommandLine.ExitCode.OK;
  }
}
