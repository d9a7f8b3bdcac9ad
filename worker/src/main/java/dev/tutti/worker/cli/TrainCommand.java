package dev.tutti.worker.cli;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.worker.bank.BankImport;
import dev.tutti.worker.device.CudaDevice;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.device.DeviceUnavailableException;
import dev.tutti.worker.training.card.BankExport;
import dev.tutti.worker.training.run.NotebookRun;
import dev.tutti.worker.training.run.TrainedModels;
import dev.tutti.worker.training.run.TrainingOptions;
import dev.tutti.worker.training.run.TrainingRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code tutti train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Train family models on notes and write them as a bank with a model card.",
    description =
        "State is kept in BANK.training; a stopped training goes on with the same command and"
            + " --resume.")
final class TrainCommand implements Callable<Integer> {
  private static final double MILLIS_A_MINUTE = 60_000;

  @Option(
      names = "--data",
      required = true,
      split = ",",
      paramLabel = "PATH",
      description =
          "Data sets of notes, of any kind that 'tutti dataset inspect' reads. Instruments of the"
              + " first are held out for validation.")
  private List<Path> data;

  @Option(
      names = "--exclude",
      split = ",",
      paramLabel = "PATH",
      description =
          "Data sets whose notes are not trained on: neither they nor others of the same program"
              + " (NSynth: instrument) and pitch.")
  private List<Path> excluded = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "BANK",
      description = "Folder to write, not there yet or empty.")
  private Path out;

  @Option(
      names = "--families",
      split = ",",
      paramLabel = "NAME",
      description = "Families to train models for. Default: all")
  private List<String> families = List.of();

  enum Architecture {
    COMPACT,
    NOTEBOOK
  }

  @Option(
      names = "--arch",
      defaultValue = "compact",
      paramLabel = "NAME",
      description =
          "compact: shared bands and first layers, trained on mixtures. notebook: the public"
              + " notebook's network of 31 million weights a family, trained on single notes of the"
              + " first data set. Default: compact")
  private Architecture architecture;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      description = "Time to train, without reading and evaluating. Default: 60")
  private Double minutes;

  @Option(
      names = "--mixtures",
      paramLabel = "N",
      description = "Mixtures to train on, instead of a time: then the result can be reproduced.")
  private Long mixtures;

  @Option(
      names = "--held-out",
      defaultValue = "0.25",
      paramLabel = "SHARE",
      description = "Share of the first data set's instruments to validate on. Default: 0.25")
  private double heldOut;

  @Option(
      names = "--test",
      paramLabel = "PATH",
      description = "Notes to score at the end for the model card, used for nothing else.")
  private Path test;

  @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Default: 1")
  private long seed;

  @Option(
      names = "--devices",
      defaultValue = "cpu:2",
      paramLabel = "DEVICE",
      converter = TrainingDevice.Converter.class,
      description = "cpu:THREADS, or cuda:INDEX. Default: ${DEFAULT-VALUE}")
  private TrainingDevice device;

  @Option(names = "--resume", description = "Go on with a training that was stopped.")
  private boolean resume;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    TrainingOptions options = options();
    if (device.gpu().isPresent()) {
      requireGpu(options.device());
    }
    Path work = out.resolveSibling(out.getFileName() + ".training");
    check(
        resume || !Files.exists(work),
        work + " holds a training; give --resume to go on with it, or remove it");
    Consumer<String> say = line -> spec.commandLine().getErr().println(line);
    TrainedModels trained =
        architecture == Architecture.COMPACT
            ? TrainingRun.open(options, work, say).run()
            : new NotebookRun(options, work, say).run();
    BankImport.Report report =
        new BankExport(trained, options)
            .write(out, work.resolve("draft"), LocalDate.now(ZoneOffset.UTC));
    spec.commandLine()
        .getOut()
        .println("%s: digest %s".formatted(out.resolve("MODEL_CARD.md"), report.digest()));
    return CommandLine.ExitCode.OK;
  }

  private void requireGpu(DeviceConfig config) {
    try {
      CudaDevice.require(config, System.getenv());
    } catch (DeviceUnavailableException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--devices: " + e.getMessage());
    }
  }

  private TrainingOptions options() {
    check(heldOut > 0 && heldOut < 1, "--held-out must be above 0 and below 1");
    check(minutes == null || mixtures == null, "--minutes and --mixtures exclude each other");
    check(minutes == null || minutes > 0, "--minutes must be above 0");
    check(mixtures == null || mixtures > 0, "--mixtures must be above 0");
    double time = minutes == null ? 60 : minutes;
    TrainingOptions.Length length =
        mixtures != null
            ? new TrainingOptions.Length(mixtures, Optional.empty(), seed)
            : new TrainingOptions.Length(
                Long.MAX_VALUE / 2,
                Optional.of(Duration.ofMillis(Math.round(time * MILLIS_A_MINUTE))),
                seed);
    return new TrainingOptions(
        new TrainingOptions.Data(data, excluded, heldOut, Optional.ofNullable(test)),
        families.isEmpty()
            ? FamilySet.all()
            : FamilySet.of(families.stream().map(this::family).toList()),
        length,
        device.config(System.getenv()),
        "tutti " + String.join(" ", spec.commandLine().getParseResult().originalArgs()));
  }

  private InstrumentFamily family(String name) {
    return InstrumentFamily.ofLabel(name)
        .orElseThrow(
            () ->
                new CommandLine.ParameterException(
                    spec.commandLine(),
                    "unknown family '%s'; accepted: %s".formatted(name, FamilySet.all())));
  }

  private void check(boolean right, String otherwise) {
    if (!right) {
      throw new CommandLine.ParameterException(spec.commandLine(), otherwise);
    }
  }
}
