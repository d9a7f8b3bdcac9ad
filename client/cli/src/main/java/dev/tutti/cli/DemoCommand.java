package dev.tutti.cli;

import dev.tutti.cli.classify.ClassifiedFile;
import dev.tutti.cli.classify.FileClassifier;
import dev.tutti.cli.local.BundledModels;
import dev.tutti.cli.local.Installation;
import dev.tutti.cli.local.LocalGateway;
import dev.tutti.cli.report.EvaluationRun;
import dev.tutti.cli.report.MissingModels;
import dev.tutti.cli.report.ProgressBar;
import dev.tutti.cli.report.TagTable;
import dev.tutti.client.BankInfo;
import dev.tutti.client.MixtureEvaluation;
import dev.tutti.client.TuttiClient;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.mixture.MixtureRecipe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code tutti demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Show everything once, from start to end.",
    description =
        "Starts a gateway with two worker processes, classifies six notes, scores the models on"
            + " 1,100 mixtures by the notebook's protocol, and stops everything.")
final class DemoCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final String DATASET = "samples";

  /** One note each: easy to tell apart by ear. */
  private static final List<InstrumentFamily> NOTES =
      List.of(
          InstrumentFamily.BASS,
          InstrumentFamily.BRASS,
          InstrumentFamily.FLUTE,
          InstrumentFamily.GUITAR,
          InstrumentFamily.KEYBOARD,
          InstrumentFamily.STRING);

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the mixtures. Default: 1")
  private long seed;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Installation installation = Installation.current();
    PrintWriter out = spec.commandLine().getOut();
    out.println("Starting a gateway with two worker processes ...");
    out.flush();
    List<String> options =
        List.of(
            "--devices",
            "cpu:2",
            "--models",
            installation.defaultModels().toString(),
            "--dataset",
            DATASET + "=" + installation.samples());
    try (LocalGateway gateway = LocalGateway.start(installation, options);
        TuttiClient client = TuttiClient.connect(gateway.target(), TIMEOUT)) {
      BankInfo bank = client.bank();
      MissingModels.say(bank, spec.commandLine().getErr());
      introduce(bank, client, gateway, out);
      classify(client, bank, installation, out);
      evaluate(client, bank, installation, out);
    }
    out.println();
    out.println("Stopped. Next: 'tutti classify FILE', or 'tutti serve --models DIR'.");
    return CommandLine.ExitCode.OK;
  }

  private static void introduce(
      BankInfo bank, TuttiClient client, LocalGateway gateway, PrintWriter out) {
    out.printf(
        "%s serves %d families with %,d parameters; workers:%n",
        gateway.target(), bank.families().size(), bank.parameters());
    client
        .workers()
        .forEach(
            worker ->
                out.printf(
                    "  %s  pid %d  %s  %s%n",
                    worker.name(), worker.pid(), worker.device(), worker.state()));
    out.flush();
  }

  private static void classify(
      TuttiClient client, BankInfo bank, Installation installation, PrintWriter out)
      throws IOException, InterruptedException {
    out.println();
    out.println("Six notes:");
    List<ClassifiedFile> notes = new ArrayList<>();
    for (InstrumentFamily family : NOTES) {
      notes.add(ClassifiedFile.look(firstNote(installation.samples(), family)));
    }
    TagTable table = new TagTable(notes, out);
    table.bank(bank);
    try (FileClassifier classifier = new FileClassifier(client, bank)) {
      for (ClassifiedFile note : notes) {
        classifier.classify(note.file(), table::answer);
      }
    }
  }

  private void evaluate(
      TuttiClient client, BankInfo whole, Installation installation, PrintWriter out)
      throws IOException {
    BankInfo bank = whole.among(whole.families().intersection(FamilySet.notebook()));
    out.println();
    out.println(
        "1,100 mixtures of 0 to 10 families (all but synth_lead), by the notebook's protocol:");
    out.flush();
    EvaluationRun run =
        new EvaluationRun(
            bank,
            new EvaluationRun.View("notebook", seed, 0, false),
            BundledModels.of(installation).heldOutTest(whole, null),
            Optional.empty());
    try (ProgressBar progress = new ProgressBar(out, installation.terminal())) {
      client.evaluate(
          MixtureEvaluation.of(DATASET, MixtureRecipe.notebook(seed, bank.families().size()))
              .among(bank.families().asList()),
          event -> run.accept(event, progress));
    }
    run.finish();
    run.print(out);
  }

  private static Path firstNote(Path samples, InstrumentFamily family) throws IOException {
    try (Stream<Path> notes = Files.list(samples.resolve(family.label()))) {
      return notes.sorted().findFirst().orElseThrow();
    }
  }
}
